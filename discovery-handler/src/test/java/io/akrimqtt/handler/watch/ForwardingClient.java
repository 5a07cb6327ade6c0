package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client of which a test changes one thing; all else goes to a real one. */
abstract class ForwardingClient implements PubSubClient {

    private final PubSubClient real;

    ForwardingClient(PubSubClient real) {
        this.real = real;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return real.subscribe(options, listener);
    }

    @Override
    public CompletableFuture<PublishResult> publish(Message message) {
        return real.publish(message);
    }

    @Override
    public void connect() {
        real.connect();
    }

    @Override
    public boolean connected() {
        return real.connected();
    }

    @Override
    public boolean keepsRetained() {
        return real.keepsRetained();
    }

    @Override
    public void onConnection(Consumer<ConnectionEvent> listener) {
        real.onConnection(listener);
    }

    @Override
    public void close() {
        real.close();
    }
}
