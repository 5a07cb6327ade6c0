package io.akrimqtt.messaging.client;

import java.util.function.Consumer;

/**
 * A client of one MQTT server that stays connected until it is closed. Thread-safe.
 *
 * <p>Order of use: make it, {@link #onConnection listen}, {@link #subscribe subscribe}, then {@link #connect}. What is
 * subscribed before the connect gets all that a persistent session has queued.
 */
public interface PubSubClient extends MessagePublisher, MessageSubscriber, AutoCloseable {

    /** Starts to connect and returns at once; the client retries in the background, for ever. Idempotent. */
    void connect();

    /** Whether the server has accepted the connection and it has not ended since. */
    boolean connected();

    /**
     * Whether the server keeps retained messages, as it said when it last accepted a connection. True before that, and for MQTT
     * 3.1.1, which cannot say.
     */
    default boolean keepsRetained() {
        return true;
    }

    /**
     * Adds a listener for what happens to the connection. It is called in order with the deliveries, on the same thread.
     * Add it before {@link #connect} to miss nothing.
     */
    void onConnection(Consumer<ConnectionEvent> listener);

    /** Disconnects cleanly, which takes the Last Will back, and frees everything. Waits 2 s at most. Idempotent. */
    @Override
    void close();
}
