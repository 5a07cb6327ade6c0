package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of messages over several connections, whatever the library tells of them, and when. */
class PublishingTest {

    private final Outbox outbox = new Outbox(100);
    private final Publishing publishing = new Publishing(outbox, Runnable::run);
    private final List<CompletableFuture<PublishResult>> results = new ArrayList<>();

    /** Remembers what it is given, and tells what became of it when the test says so. */
    private static final class Recording implements Sender {
        private final Map<String, CompletableFuture<Mqtt5PublishResult>> sent = new LinkedHashMap<>();
        private final List<Mqtt5Publish> packets = new ArrayList<>();
        private boolean oneByOne;

        @Override
        public CompletableFuture<Mqtt5PublishResult> publish(Mqtt5Publish publish) {
            var result = new CompletableFuture<Mqtt5PublishResult>();
            sent.put(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8), result);
            packets.add(publish);
            return result;
        }

        CompletableFuture<Mqtt5PublishResult> result(String text) {
            return requireNonNull(sent.get(text));
        }

        @Override
        public void withhold(Mqtt5Publish publish) {}

        @Override
        public void oneByOne(boolean on) {
            oneByOne = on;
        }
    }

    private Recording connect() {
        var sender = new Recording();
        publishing.connected(sender);
        return sender;
    }

    private void publish(String text) {
        var result = new CompletableFuture<PublishResult>();
        assertThat(outbox.reserve(text.length())).isTrue();
        publishing.publish(Message.of(topic("a"), text), 0, result);
        results.add(result);
    }

    @Test
    void what_the_library_gives_back_late_is_sent_over_the_connection_that_is_there_by_then() {
        var first = connect();
        publish("a");
        publishing.disconnected(Loss.Cause.USUAL, first, null);
        var second = connect();
        assertThat(second.sent).isEmpty();

        first.result("a").completeExceptionally(new MqttSessionExpiredException("lost", new IOException("gone")));

        assertThat(second.sent).containsOnlyKeys("a");
    }

    @Test
    void messages_go_one_by_one_after_two_connections_without_progress_until_those_under_way_are_settled() {
        var first = connect();
        publish("a");
        publish("b");
        publishing.disconnected(Loss.Cause.BROKEN, first, null);
        publishing.connected(first);
        assertThat(first.oneByOne).isFalse();
        publishing.disconnected(Loss.Cause.BROKEN, first, null);
        publishing.connected(first);
        assertThat(first.oneByOne).isTrue();
        publish("c");

        first.result("a").complete(null);
        assertThat(first.oneByOne).isTrue();
        first.result("b").complete(null);

        assertThat(first.oneByOne).isFalse();
        assertThat(results.getLast()).isNotDone();
    }

    @Test
    void progress_between_two_ends_is_no_reason_to_go_one_by_one() {
        var first = connect();
        publish("a");
        publish("b");
        publishing.disconnected(Loss.Cause.BROKEN, first, null);
        publishing.connected(first);
        first.result("a").complete(null);
        publishing.disconnected(Loss.Cause.BROKEN, first, null);

        assertThat(first.oneByOne).isFalse();
    }

    @Test
    void only_the_third_end_that_one_message_alone_is_under_way_makes_it_fail() {
        var first = connect();
        publish("a");
        publish("b");
        for (int i = 0; i < Suspicion.ENDS; i++) {
            publishing.disconnected(Loss.Cause.CLOSED_BY_SERVER, first, null);
            publishing.connected(first);
        }
        for (int i = 0; i < Suspicion.TIMES; i++) {
            assertThat(results.getFirst()).isNotDone();
            assertThat(publishing.disconnected(Loss.Cause.CLOSED_BY_SERVER, first, first.packets.getFirst()))
                    .isTrue();
            publishing.connected(first);
        }

        assertThat(results.getFirst()).isCompletedExceptionally();
        assertThat(results.getLast()).isNotDone();
        assertThat(publishing.disconnected(Loss.Cause.CLOSED_BY_SERVER, first, null))
                .as("with nothing under way the message is not to blame")
                .isFalse();
    }
}
