package io.akrimqtt.benchmarks;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client that tells what its listeners acknowledge. */
record ObservedClient(PubSubClient client, Consumer<Delivery> acknowledged) implements PubSubClient {

    /** A delivery that tells. */
    private record Observed(Delivery delivery, Consumer<Delivery> acknowledged) implements Delivery {
        @Override
        public Message message() {
            return delivery.message();
        }

        @Override
        public long receivedNanos() {
            return delivery.receivedNanos();
        }

        @Override
        public boolean duplicate() {
            return delivery.duplicate();
        }

        @Override
        public void acknowledge() {
            acknowledged.accept(delivery);
            delivery.acknowledge();
        }
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return client.subscribe(options, delivery -> listener.onMessage(new Observed(delivery, acknowledged)));
    }

    @Override
    public CompletableFuture<PublishResult> publish(Message message) {
        return client.publish(message);
    }

    @Override
    public void connect() {
        client.connect();
    }

    @Override
    public boolean connected() {
        return client.connected();
    }

    @Override
    public boolean keepsRetained() {
        return client.keepsRetained();
    }

    @Override
    public void onConnection(Consumer<ConnectionEvent> listener) {
        client.onConnection(listener);
    }

    @Override
    public void close() {
        client.close();
    }
}
