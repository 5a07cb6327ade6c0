package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.ScriptedServer.send;
import static io.akrimqtt.messaging.mqtt.ScriptedServer.silence;
import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that a server does not take, and ends the connection upon: they fail, in time, and alone. */
class TooLargeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static CompletableFuture<PublishResult> publish(
            PubSubClient client, String text, int more, QualityOfService qos) {
        return client.publish(Message.to(topic("a/" + text))
                .text(text + "x".repeat(more))
                .qos(qos)
                .build());
    }

    private static void assertTooLarge(CompletableFuture<PublishResult> result, String text) {
        assertThatThrownBy(() -> result.get(60, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"clean,AT_LEAST_ONCE", "persistent,AT_LEAST_ONCE", "persistent,EXACTLY_ONCE"})
    void those_that_a_server_without_words_does_not_take_fail_and_the_others_go_on(String kind, QualityOfService qos)
            throws Exception {
        var clean = SessionOptions.clean("large-" + kind + qos).withProtocol(ProtocolVersion.MQTT_3_1_1);
        var recorder = new Recorder();
        try (var server = MosquittoServer.options().line("max_packet_size 2000").start();
                var watcher = client(server.url(), SessionOptions.clean("watcher"));
                var client = client(server.url(), kind.equals("clean") ? clean : clean.withSessionExpiry(MINUTE))) {
            watcher.subscribe(TopicFilter.of("a/#"), recorder);
            recorder.connect(watcher);
            new Recorder().connect(client);
            var good = new ArrayList<CompletableFuture<PublishResult>>();
            good.add(publish(client, "before", 0, qos));
            var first = publish(client, "large1", 3_000, qos);
            good.add(publish(client, "between", 0, qos));
            var second = publish(client, "large2", 100_000, qos);
            good.add(publish(client, "after", 0, qos));

            assertTooLarge(
                    first,
                    "the connection ended 3 times while it alone was under way: the MQTT server may take nothing so"
                            + " large (3006 bytes)");
            assertTooLarge(second, "(100006 bytes)");
            for (var each : good) {
                each.get(60, SECONDS);
            }
            publish(client, "last", 0, qos).get(60, SECONDS);
            // Those under way when a connection ended may come twice.
            await().until(() -> recorder.texts().contains("last"));
            assertThat(recorder.texts().stream().distinct()).containsExactly("before", "between", "after", "last");
        }
    }

    @ParameterizedTest
    @EnumSource
    void those_over_a_limit_of_payloads_do_not_stop_the_others(ProtocolVersion protocol) throws Exception {
        try (var server = MosquittoServer.options()
                        .line("message_size_limit 2000")
                        .start();
                var client = client(server.url(), SessionOptions.clean("limit").withProtocol(protocol))) {
            new Recorder().connect(client);
            var large = publish(client, "large", 3_000, QualityOfService.AT_LEAST_ONCE);

            publish(client, "after", 0, QualityOfService.AT_LEAST_ONCE).get(60, SECONDS);
            assertThat(large.handle((_, _) -> true).get(60, SECONDS)).isTrue();
        }
    }

    @Test
    void those_that_a_server_says_are_too_large_fail_and_the_others_go_on() throws Exception {
        try (var server = new ScriptedServer((_, type, body) -> switch (type) {
                    case 1 -> send(0x20, 3, 0, 0, 0);
                    case 3 -> body.length > 1_000 ? send(0xe0, 1, 0x95) : acknowledged(body);
                    default -> silence();
                });
                var client = client(server.url(), SessionOptions.clean("told").withProtocol(ProtocolVersion.MQTT_5))) {
            new Recorder().connect(client);
            var first = publish(client, "before", 0, QualityOfService.AT_LEAST_ONCE);
            var large = publish(client, "large", 3_000, QualityOfService.AT_LEAST_ONCE);
            var last = publish(client, "after", 0, QualityOfService.AT_LEAST_ONCE);

            assertTooLarge(large, "3 times while it alone was under way");
            first.get(60, SECONDS);
            last.get(60, SECONDS);
            assertThat(server.connects).hasSizeBetween(5, 6);
        }
    }

    /** It says how large a packet it takes, and ends connections upon messages that it does not like. */
    @Test
    void those_that_cannot_be_written_at_all_do_not_stop_those_that_go_one_by_one() throws Exception {
        try (var server = new ScriptedServer((_, type, body) -> switch (type) {
                    case 1 -> send(0x20, 8, 0, 0, 5, 0x27, 0, 0, 7, 0xd0);
                    case 3 -> body.length > 1_000 ? send(0xe0, 1, 0x95) : acknowledged(body);
                    default -> silence();
                });
                var client = client(server.url(), SessionOptions.clean("mixed").withProtocol(ProtocolVersion.MQTT_5))) {
            new Recorder().connect(client);
            var large = publish(client, "large", 1_500, QualityOfService.AT_LEAST_ONCE);
            var others = new ArrayList<CompletableFuture<PublishResult>>();
            var never = new ArrayList<CompletableFuture<PublishResult>>();
            await().until(() -> {
                never.add(publish(client, "never", 5_000, QualityOfService.AT_LEAST_ONCE));
                others.add(publish(client, "small", 0, QualityOfService.AT_LEAST_ONCE));
                return large.isDone();
            });

            assertTooLarge(large, "3 times while it alone was under way");
            for (var each : others) {
                each.get(60, SECONDS);
            }
            await().untilAsserted(() -> assertThat(never).allMatch(CompletableFuture::isCompletedExceptionally));
        }
    }

    private static List<byte[]> acknowledged(byte[] publish) {
        int id = 2 + publish[1];
        return send(0x40, 2, publish[id], publish[id + 1]);
    }
}
