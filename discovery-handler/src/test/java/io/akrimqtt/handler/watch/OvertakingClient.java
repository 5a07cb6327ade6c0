package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * A client on whose connection births overtake Last Wills: an {@code offline} comes behind the {@code online} that was
 * published after it, as servers do it under load. All else goes to a real one.
 */
record OvertakingClient(PubSubClient real, Queue<Delivery> late) implements PubSubClient {

    OvertakingClient(PubSubClient real) {
        this(real, new ConcurrentLinkedQueue<>());
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return real.subscribe(options, delivery -> overtaken(delivery, listener));
    }

    private void overtaken(Delivery delivery, MessageListener listener) {
        var text = delivery.message().text();
        if (text.equals("offline")) {
            late.add(delivery);
            return;
        }
        listener.onMessage(delivery);
        if (text.equals("online")) {
            while (late.peek() != null) {
                listener.onMessage(late.remove());
            }
        }
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
