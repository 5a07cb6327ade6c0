package io.akrimqtt.samples.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unlike Mosquitto, HiveMQ looks at subscriptions as a whole: a filter that may match more than is allowed is refused. */
class HiveMqRightsTest {

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit starts it before the tests.
    private static RightsServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RightsServer.start(folder, Right.hiveMq());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CompletableFuture<?> asked(PubSubClient client, String verb, String topic) {
        client.connect();
        var answer = verb.equals("reads")
                ? client.subscribe(TopicFilter.of(topic), _ -> {}).granted()
                : client.publish(Message.to(TopicName.of(topic)).text("x").build());
        return answer.orTimeout(180, TimeUnit.SECONDS);
    }

    private static PubSubClient client(String user) {
        return MqttPubSubClient.create(
                server.url(),
                Credentials.of(user, "x".getBytes(StandardCharsets.UTF_8)),
                TlsOptions.DEFAULT,
                SessionOptions.clean("client-of-" + user));
    }

    /** What docs/configuration.md tells that programs need, for samples/factory. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "handler, reads, factory/+/+/#",
        "handler, reads, factory/+/+/status",
        "handler, reads, akri-mqtt/fence/client-of-handler",
        "handler, writes, akri-mqtt/fence/client-of-handler",
        "workloads, reads, factory/forming/press-1/#",
        "workloads, reads, clients/client-of-workloads/responses",
        "workloads, reads, clients/client-of-workloads/responses/#",
        "workloads, reads, akri-mqtt/workloads/factory/forming/press-1/#",
        "workloads, writes, akri-mqtt/workloads/factory/forming/press-1",
        "workloads, writes, factory/forming/press-1/cmd/identify",
        "press-1, reads, factory/forming/press-1/cmd/+",
        "press-1, writes, factory/forming/press-1/status",
        "press-1, writes, clients/client-of-workloads/responses"
    })
    void what_programs_and_devices_need_is_granted(String user, String verb, String topic) {
        try (var client = client(user)) {
            assertThat(asked(client, verb, topic)).succeedsWithin(Duration.ofMinutes(3));
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "handler, writes, factory/forming/press-1/cmd/identify",
        "handler, reads, akri-mqtt/workloads/#",
        "handler, reads, '#'",
        "workloads, writes, factory/forming/press-1/status",
        "workloads, reads, clients/client-of-others/responses",
        "press-1, reads, factory/+/+/cmd/+",
        "press-1, writes, factory/heat/oven-1/status",
        "press-1, writes, factory/heat/oven-1/cmd/stop",
        "press-1, reads, clients/client-of-workloads/responses",
        "press-1, writes, akri-mqtt/workloads/factory/forming/press-1"
    })
    void nothing_else_is(String user, String verb, String topic) {
        try (var client = client(user)) {
            assertThatThrownBy(() -> asked(client, verb, topic).join()).hasMessageContaining("not authorized");
        }
    }
}
