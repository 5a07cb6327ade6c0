package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a server gives back what it is to keep: servers of MQTT 3.1.1 acknowledge what they throw away, and any server may
 * take what it will not show. At each connect a message is retained and asked for. Thread-safe.
 */
final class RetainProbe {

    private static final long LIMIT_SECONDS = 5;

    /** Told at each connection, on threads of the client or of the timer. */
    interface Listener {

        /** It does, perhaps later than was hoped. */
        void proved();

        /** It does not, or not yet. */
        void disproved(String reason);
    }

    /** One connection's. */
    private static final class Round {
        private final CompletableFuture<String> outcome = new CompletableFuture<>();
        private volatile @Nullable Subscription subscription;
    }

    private static final String PROVED = "";
    private static final String NOT_GIVEN_BACK =
            "the MQTT server does not give back what it is to keep, for want of rights or of retained messages: commands that"
                    + " wait are lost when this workload ends";

    private final PubSubClient client;
    private final TopicName topic;
    private final Listener listener;
    private final AtomicReference<@Nullable Round> latest = new AtomicReference<>();

    RetainProbe(PubSubClient client, TopicName topic, Listener listener) {
        this.client = client;
        this.topic = topic;
        this.listener = listener;
    }

    void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Subscribed() -> {
                if (client.keepsRetained()) {
                    start();
                }
            }
            case ConnectionEvent.Connected _ -> {}
            case ConnectionEvent.Disconnected _ -> end(latest.getAndSet(null));
        }
    }

    private void start() {
        var round = new Round();
        end(latest.getAndSet(round));
        var _ = client.publish(Message.to(topic).text("kept").retain(true).build())
                .whenComplete((_, failure) -> published(round, failure));
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread)
                .execute(() -> {
                    if (latest.get() == round && !round.outcome.isDone()) {
                        listener.disproved(NOT_GIVEN_BACK);
                    }
                });
        var _ = round.outcome.thenAccept(reason -> finish(round, reason));
    }

    private void published(Round round, @Nullable Throwable failure) {
        if (failure instanceof MessagingException refusal && refusal.kind() == MessagingException.Kind.REFUSED) {
            round.outcome.complete("the MQTT server refuses to keep commands: " + refusal.getMessage());
        } else if (failure == null && latest.get() == round) {
            round.subscription = client.subscribe(
                    SubscribeOptions.of(TopicFilter.exactly(topic)), delivery -> came(round, delivery));
        }
    }

    private static void came(Round round, Delivery delivery) {
        if (delivery.message().retain() && delivery.message().size() > 0) {
            round.outcome.complete(PROVED);
        }
    }

    private void finish(Round round, String reason) {
        if (!latest.compareAndSet(round, null)) {
            return;
        }
        end(round);
        if (reason.isEmpty()) {
            listener.proved();
        } else {
            listener.disproved(reason);
        }
    }

    private void end(@Nullable Round round) {
        if (round == null) {
            return;
        }
        var subscription = round.subscription;
        if (subscription != null) {
            subscription.close();
        }
        if (client.connected()) {
            client.publish(Message.to(topic).retain(true).build()).exceptionally(_ -> null);
        }
    }
}
