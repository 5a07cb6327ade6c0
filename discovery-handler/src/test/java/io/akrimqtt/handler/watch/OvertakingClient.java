package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A client on whose connection births overtake Last Wills: an {@code offline} comes behind the {@code online} that was
 * published after it, as servers do it under load.
 */
final class OvertakingClient extends ForwardingClient {

    private final Queue<Delivery> late = new ConcurrentLinkedQueue<>();

    OvertakingClient(PubSubClient real) {
        super(real);
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return super.subscribe(options, delivery -> overtaken(delivery, listener));
    }

    private void overtaken(Delivery delivery, MessageListener listener) {
        var text = delivery.message().text();
        if (text.equals("offline")) {
            // The server has its answer: some send nothing new before that.
            delivery.acknowledge();
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
}
