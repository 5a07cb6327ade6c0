package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.telemetry.TelemetryCounters.Drop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetrySubscriptionTest {

    private final Telemetry telemetry = Telemetry.start(TelemetryLimits.DEFAULT, InstantSource.system(), new Random(1));
    private final Map<TopicFilter, MessageListener> listeners = new LinkedHashMap<>();

    @AfterEach
    void close() {
        telemetry.close();
    }

    private record Made(SubscribeOptions options) implements Subscription {
        @Override
        public CompletableFuture<Void> granted() {
            return new CompletableFuture<>();
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private record Came(Message message) implements Delivery {
        @Override
        public long receivedNanos() {
            return 0;
        }

        @Override
        public boolean duplicate() {
            return false;
        }

        @Override
        public void acknowledge() {}
    }

    private void subscribe(String... filters) {
        TelemetrySubscription.subscribe(
                (options, listener) -> {
                    listeners.put(options.filter(), listener);
                    return new Made(options);
                },
                Stream.of(filters).map(TopicFilter::of).toList(),
                topic -> topic.value().startsWith("pump/cmd/"),
                telemetry);
    }

    /** As the client does: each listener whose filter matches gets it. */
    private void deliver(String topic) {
        var message = Message.of(TopicName.of(topic), "1");
        listeners.forEach((filter, listener) -> {
            if (filter.matches(message.topic())) {
                listener.onMessage(new Came(message));
            }
        });
    }

    @Test
    void a_message_that_matches_two_filters_counts_once() {
        subscribe("pump/+/speed", "pump/a/+");
        deliver("pump/a/speed");
        deliver("pump/b/speed");
        deliver("pump/a/state");

        await().atMost(Duration.ofSeconds(60)).until(() -> telemetry.counters().received() >= 3);
        assertThat(telemetry.counters().received()).isEqualTo(3);
    }

    @Test
    void filters_that_another_covers_are_not_subscribed() {
        subscribe("pump/#", "pump/a/speed");

        assertThat(listeners).containsOnlyKeys(TopicFilter.of("pump/#"));
    }

    @Test
    void what_others_say_to_the_device_is_left_out() {
        subscribe("pump/#");
        deliver("pump/cmd/start");

        assertThat(telemetry.counters().dropped(Drop.NOT_TELEMETRY)).isOne();
        assertThat(telemetry.counters().received()).isZero();
    }
}
