package io.akrimqtt.messaging.testing;

import io.akrimqtt.messaging.client.ServerUrl;

/** An MQTT server on loopback that a test has started. */
public interface TestServer extends AutoCloseable {

    /** Where it listens for plain MQTT over TCP, or for what it was told to listen for. */
    ServerUrl url();

    /** Ends it; what it keeps in files stays. */
    void stop();

    /** Starts it again on the same port, after {@link #stop}. */
    void startAgain();

    /** Stops it and removes its files. Idempotent. */
    @Override
    void close();
}
