package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client on whose connection births overtake Last Wills: an {@code offline} comes behind the {@code online} that was
 * published after it, as servers do it under load.
 */
final class OvertakingClient extends ForwardingClient {

    private final Queue<Delivery> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger births = new AtomicInteger();

    OvertakingClient(PubSubClient real) {
        super(real);
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return super.subscribe(options, delivery -> overtaken(delivery, listener));
    }

    private void overtaken(Delivery delivery, MessageListener listener) {
        var text = delivery.message().text();
        if (text.equals("offline") && births.get() < 2) {
            // The server has its answer: some send nothing new before that. Behind a second birth it was overtaken on
            // its way to us.
            delivery.acknowledge();
            late.add(delivery);
            return;
        }
        listener.onMessage(delivery);
        if (text.equals("online")) {
            births.incrementAndGet();
            while (late.peek() != null) {
                listener.onMessage(late.remove());
            }
        }
    }
}
