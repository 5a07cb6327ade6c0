package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bridge of docs/commands.md, but for TLS: a caller in the cloud, the workload and its device at the edge. */
class BridgeTest {

    private static final Pattern CONFIGURATION = Pattern.compile("<!-- bridge -->\n```text\n(.*?)```", Pattern.DOTALL);

    private static List<String> configuration(int port) throws IOException {
        var text = CONFIGURATION.matcher(Files.readString(Path.of("../docs/commands.md")));
        assertThat(text.find()).isTrue();
        return text.group(1)
                .lines()
                .filter(line -> !line.startsWith("bridge_cafile"))
                .map(line -> line.startsWith("address") ? "address 127.0.0.1:" + port : line)
                .toList();
    }

    private static MosquittoServer edgeOf(MosquittoServer cloud) throws IOException {
        var options = MosquittoServer.options();
        configuration(cloud.port()).forEach(options::line);
        return options.start();
    }

    @Test
    void a_caller_in_the_cloud_is_answered_by_topic_ids_and_by_its_response_topic() throws Exception {
        var topics = Map.of(
                "MQTT_COMMAND_TOPIC", "plant/press/cmd/{request}/{command}",
                "MQTT_RESPONSE_TOPIC", "plant/press/res/{request}/{status}");
        try (var cloud = MosquittoServer.start();
                var edge = edgeOf(cloud);
                var _ = AnsweringDevice.byTopicIds(
                        new ServerCase("edge", edge.url(), edge.url(), ProtocolVersion.MQTT_3_1_1), "plant/press");
                var _ = MonitorProcess.ready(edge.url(), "plant/press", topics);
                var caller =
                        TestClient.connect(cloud.url(), ProtocolVersion.MQTT_5, "site-7/plant/press/responses/#")) {
            var requests = new AtomicInteger();
            await().atMost(SOON).until(() -> {
                // The bridge may not be there yet.
                caller.publish("site-7/plant/press/commands/r" + requests.incrementAndGet() + "/start", "7");
                return !caller.received().isEmpty();
            });
            assertThat(caller.received().getFirst().topic().value())
                    .matches("site-7/plant/press/responses/r[0-9]+/200");
            assertThat(caller.received().getFirst().text()).isEqualTo("start: 7");

            var own = "responses/panel-3";
            caller.publish(Message.to(TopicName.of("site-7/plant/press/commands/start"))
                    .text("8")
                    .responseTopic(TopicName.of("akri-mqtt/workloads/plant/press/" + own))
                    .correlationData(new byte[] {4, 2})
                    .build());
            await().atMost(SOON)
                    .until(() -> !caller.latest("site-7/plant/press/" + own).isEmpty());
            assertThat(caller.received())
                    .filteredOn(message -> message.topic().value().endsWith(own))
                    .allSatisfy(message -> assertThat(message.text()).isEqualTo("start: 8"))
                    .allSatisfy(message -> assertThat(message.correlationData()).contains(new byte[] {4, 2}))
                    .allSatisfy(message ->
                            assertThat(message.userProperty("__stat")).contains("200"));
        }
    }
}
