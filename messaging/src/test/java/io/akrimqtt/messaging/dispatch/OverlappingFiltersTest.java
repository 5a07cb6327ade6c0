package io.akrimqtt.messaging.dispatch;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Mosquitto sends a copy for each subscription that matches: a command must still be done once. */
class OverlappingFiltersTest {

    private record Counting(String name, TopicFilter filter, List<String> seen) implements CommandRouter<String> {
        @Override
        public CompletionStage<Void> route(Message message, String value) {
            seen.add(name + " " + value);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public int concurrency() {
            return 1;
        }
    }

    @EachServer
    void what_two_filters_match_is_routed_once_and_observed_once(ServerCase server) throws Exception {
        var root = "overlap/" + server.server().charAt(0) + server.mqtt5();
        var seen = new CopyOnWriteArrayList<String>();
        try (var client = MqttPubSubClient.create(
                        server.url(), Credentials.NONE, TlsOptions.DEFAULT, server.clean("overlap-" + server.mqtt5()));
                var _ = CommandDispatcher.start(
                        client,
                        PayloadCodec.TEXT,
                        List.of(
                                new Counting("exact", TopicFilter.of(root + "/a/b"), seen),
                                new Counting("plus", TopicFilter.of(root + "/+/b"), seen)),
                        List.of(new Counting("all", TopicFilter.of(root + "/#"), seen)))) {
            var subscribed = new AtomicBoolean();
            client.onConnection(event -> subscribed.compareAndSet(false, event instanceof ConnectionEvent.Subscribed));
            client.connect();
            await().untilTrue(subscribed);

            client.publish(Message.of(TopicName.of(root + "/a/b"), "1")).get(60, SECONDS);
            client.publish(Message.of(TopicName.of(root + "/c/b"), "2")).get(60, SECONDS);
            client.publish(Message.of(TopicName.of(root + "/end"), "3")).get(60, SECONDS);
            await().until(() -> seen.contains("all 3") && seen.size() >= 5);
        }

        assertThat(seen).containsExactlyInAnyOrder("exact 1", "all 1", "plus 2", "all 2", "all 3");
    }
}
