package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.cli.command.Cli;
import io.akrimqtt.cli.command.CliContext;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rights of {@code samples/mqtt-rights} at a real Mosquitto: enough for the programs, and a device has none over others. */
class MqttRightsTest {

    private static final String RIGHTS = Golden.read(Path.of("../samples/mqtt-rights/mosquitto.acl"));
    private static final String DEVICE = "factory/forming/press-1";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private MosquittoServer server;

    @BeforeEach
    void start() {
        server = MosquittoServer.options()
                .user("handler", "h")
                .user("workloads", "w")
                .user("press-1", "p")
                .acl(RIGHTS)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RunningProgram press() throws IOException {
        return RunningProgram.start(
                folder,
                Map.of("MQTT_USERNAME", "press-1", "MQTT_PASSWORD", "p"),
                "io.akrimqtt.samples.SimulatorMain",
                "--server",
                server.url().toString(),
                "--sample",
                "factory",
                "--device",
                "press-1");
    }

    private RunningProgram workload(int http, int grpc) throws IOException {
        var variables = Map.ofEntries(
                Map.entry("MQTT_DEVICE_ID", DEVICE),
                Map.entry("MQTT_DEVICE_NAME", "press-1"),
                Map.entry("MQTT_SERVER_URLS", server.url().toString()),
                Map.entry("MQTT_TOPICS", DEVICE + "/#"),
                Map.entry("MQTT_COMMAND_TOPIC", DEVICE + "/cmd/{command}"),
                Map.entry("MQTT_STATUS_TOPIC", DEVICE + "/status"),
                Map.entry("MQTT_CONVENTION", "topics"),
                Map.entry("MQTT_REPORTED_BY", "akri-mqtt"),
                Map.entry("MQTT_USERNAME", "workloads"),
                Map.entry("MQTT_PASSWORD", "w"),
                Map.entry("HOSTNAME", "press-1-pod"),
                Map.entry("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:" + http),
                Map.entry("AKRI_MQTT_GRPC_LISTEN", "127.0.0.1:" + grpc));
        return RunningProgram.start(folder, variables, "io.akrimqtt.monitor.MonitorMain");
    }

    private static String said(Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var context =
                new CliContext(stream, stream, environment, false, InstantSource.system(), ZoneId.of("UTC"), null);
        var _ = Cli.run(context, words);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The handler's own watch, as `check --against` runs it; it says each subscription that is refused. */
    @Test
    @Timeout(180)
    void they_are_enough_to_find_a_device_and_to_command_it() throws IOException {
        int http = FreePort.find();
        int grpc = FreePort.find();
        try (var _ = press();
                var workload = workload(http, grpc)) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(RunningProgram.status(http, "/readyz"))
                            .as(workload::output)
                            .isEqualTo(200));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    said(Map.of(), "invoke", "press-1", "identify", "--address", "127.0.0.1:" + grpc))
                            .contains("SUCCEEDED 200"));

            assertThat(said(
                            Map.of("MQTT_USERNAME", "handler", "MQTT_PASSWORD", "h"),
                            "check",
                            "--against",
                            server.url().toString(),
                            "--for",
                            "2s",
                            "../samples/factory/configuration.yaml"))
                    .containsPattern(DEVICE + " +online +yes")
                    .doesNotContain("refused", "warning: ");
        }
    }

    @Test
    @Timeout(180)
    void neither_a_device_nor_the_handler_commands_others_or_speaks_for_them() {
        for (var topic :
                new String[] {"factory/heat/oven-1/cmd/stop", "factory/heat/oven-1/status", "akri-mqtt/workloads/x"}) {
            refused("press-1", "p", topic);
            refused("handler", "h", topic);
        }
        refused("workloads", "w", DEVICE + "/status");
    }

    private void refused(String user, String password, String topic) {
        try (var client = MqttPubSubClient.create(
                server.url(),
                Credentials.of(user, password.getBytes(StandardCharsets.UTF_8)),
                TlsOptions.DEFAULT,
                SessionOptions.clean("intruder"))) {
            client.connect();

            assertThatThrownBy(() -> client.publish(
                                    Message.to(TopicName.of(topic)).text("x").build())
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join())
                    .as(user + " to " + topic)
                    .hasMessageContaining("not authorized");
        }
    }
}
