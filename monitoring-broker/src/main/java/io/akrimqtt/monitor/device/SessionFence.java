package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells where what a session had queued ends on a new connection: at a token that we sent round by the server once it has answered
 * the subscriptions, or, without the right to that, some seconds later. Thread-safe.
 */
public final class SessionFence {

    private static final long LIMIT_SECONDS = 5;

    private final PubSubClient client;
    private final TopicName topic;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger round = new AtomicInteger();
    private volatile int passed;

    private SessionFence(PubSubClient client, TopicName topic) {
        this.client = client;
        this.topic = topic;
    }

    /** Listens to a client that is not connecting yet. */
    public static SessionFence of(PubSubClient client, TopicName topic) {
        var fence = new SessionFence(client, topic);
        client.subscribe(
                SubscribeOptions.of(TopicFilter.exactly(topic)).live(),
                delivery -> fence.pass(delivery.message().text()));
        client.onConnection(fence::on);
        return fence;
    }

    /** Adds a listener, called once per connection, on threads of the client or of the timer. */
    public void onPassed(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether what comes now was published while we listened. */
    public boolean passed() {
        return passed == round.get();
    }

    private void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected _ -> round.incrementAndGet();
            case ConnectionEvent.Subscribed() -> {
                var token = Integer.toString(round.get());
                client.publish(Message.of(topic, token)).exceptionally(_ -> null);
                CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread)
                        .execute(() -> pass(token));
            }
            case ConnectionEvent.Disconnected _ -> {}
        }
    }

    private void pass(String token) {
        int now = round.get();
        boolean first;
        synchronized (this) {
            first = passed != now && token.equals(Integer.toString(now));
            passed = first ? now : passed;
        }
        if (first) {
            listeners.forEach(Runnable::run);
        }
    }
}
