package io.akrimqtt.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.akri.DiscoverCall;
import io.akrimqtt.handler.akri.FakeAgent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.Members;
import io.akrimqtt.proto.discovery.v1.PlacementGrpc;
import io.akrimqtt.proto.discovery.v1.PlanMovesRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
class HandlerMainTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HandlerMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void bad_settings_end_it_with_2_and_all_problems() throws Exception {
        var process = start(Map.of("AKRI_MQTT_HANDLER_NAME", "a/b"));

        assertThat(end(process)).isEqualTo(2);
        assertThat(text("err"))
                .contains("invalid settings:\n  DISCOVERY_HANDLERS_DIRECTORY: is not set")
                .contains("\n  AKRI_MQTT_HANDLER_NAME: 'a/b'");
    }

    @Test
    void help_names_all_settings() throws Exception {
        assertThat(end(start(Map.of(), "--help"))).isZero();
        assertThat(text("out")).contains("DISCOVERY_HANDLERS_DIRECTORY", "AKRI_MQTT_NODE_NAME", "AKRI_MQTT_LIFELINE");
    }

    @Test
    void unknown_options_are_refused() throws Exception {
        assertThat(end(start(Map.of(), "--fast"))).isEqualTo(2);
        assertThat(text("err")).isEqualTo("unknown option: '--fast' (expected: --help, --version or --ready URL)\n");
    }

    @Test
    void it_registers_serves_and_takes_its_socket_away_before_its_streams_end() throws Exception {
        try (var agent = FakeAgent.start(directory.resolve("agent-registration.sock"))) {
            var process = start(Map.of(
                    "DISCOVERY_HANDLERS_DIRECTORY",
                    directory.toString(),
                    "AKRI_MQTT_GRPC_LISTEN",
                    "unix:" + directory.resolve("api.sock"),
                    "AKRI_MQTT_HTTP_LISTEN",
                    "127.0.0.1:0"));
            try {
                await().atMost(SOON).until(() -> agent.registrations().size() == 1);
                var socket = Path.of(agent.registrations().getFirst().getEndpoint());
                try (var call = DiscoverCall.open(socket, "serverUrls: tcp://127.0.0.1:1\ntopics: robots/+/joints\n")) {
                    await().atMost(SOON)
                            .untilAsserted(() -> assertThat(call.lists()).containsOnly(List.of()));

                    process.destroy();
                    await().atMost(SOON).until(() -> call.closed() != null);

                    assertThat(socket).doesNotExist();
                    assertThat(call.lists()).containsOnly(List.of());
                    assertThat(call.closed())
                            .isNotNull()
                            .extracting(Status::getCode)
                            .isEqualTo(Status.Code.UNAVAILABLE);
                }
                assertThat(end(process)).isEqualTo(143);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void a_device_of_a_real_mqtt_server_comes_into_the_list_and_goes() throws Exception {
        try (var mosquitto = MosquittoServer.start();
                var agent = FakeAgent.start(directory.resolve("agent-registration.sock"));
                var device = MqttPubSubClient.create(
                        mosquitto.url(),
                        Credentials.of("device", null),
                        TlsOptions.DEFAULT,
                        SessionOptions.clean("device-r7"))) {
            device.connect();
            await().atMost(SOON).until(device::connected);
            var process = start(Map.of(
                    "DISCOVERY_HANDLERS_DIRECTORY",
                    directory.toString(),
                    "AKRI_MQTT_GRPC_LISTEN",
                    "unix:" + directory.resolve("api.sock"),
                    "AKRI_MQTT_HTTP_LISTEN",
                    "off"));
            try {
                await().atMost(SOON).until(() -> agent.registrations().size() == 1);
                var details = "serverUrls: " + mosquitto.url() + "\ntopics: robots/+/joints\n"
                        + "presence: {offlineGrace: 100ms}\n";
                say(device, "online");
                var socket = Path.of(agent.registrations().getFirst().getEndpoint());
                try (var call = DiscoverCall.open(socket, details);
                        var api = GrpcChannels.open(new ListenAddress.UnixSocket(directory.resolve("api.sock")))) {
                    await().atMost(SOON)
                            .untilAsserted(
                                    () -> assertThat(call.lists()).isNotEmpty().endsWith(List.of("robots/r7")));
                    assertThat(call.lists()).as("no shorter list before it").containsOnly(List.of("robots/r7"));
                    assertThat(DevicesGrpc.newBlockingStub(api.channel())
                                    .listDevices(ListDevicesRequest.getDefaultInstance())
                                    .getDevicesList())
                            .extracting(Device::getId)
                            .containsExactly("robots/r7");

                    say(device, "offline");
                    await().atMost(SOON)
                            .untilAsserted(
                                    () -> assertThat(call.lists()).isNotEmpty().endsWith(List.of()));
                }
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void a_line_is_one_device_while_one_of_its_devices_is_there() throws Exception {
        try (var mosquitto = MosquittoServer.start();
                var agent = FakeAgent.start(directory.resolve("agent-registration.sock"));
                var device = MqttPubSubClient.create(
                        mosquitto.url(),
                        Credentials.of("device", null),
                        TlsOptions.DEFAULT,
                        SessionOptions.clean("plant"))) {
            device.connect();
            await().atMost(SOON).until(device::connected);
            var process = start(Map.of(
                    "DISCOVERY_HANDLERS_DIRECTORY",
                    directory.toString(),
                    "AKRI_MQTT_GRPC_LISTEN",
                    "unix:" + directory.resolve("api.sock"),
                    "AKRI_MQTT_HTTP_LISTEN",
                    "off"));
            try {
                await().atMost(SOON).until(() -> agent.registrations().size() == 1);
                var details = "serverUrls: " + mosquitto.url() + "\ntopics: 'plant/{line}/{device}/#'\n"
                        + "presence: {offlineGrace: 100ms, minPublishInterval: 100ms}\ngroup: line\n";
                var socket = Path.of(agent.registrations().getFirst().getEndpoint());
                say(device, "plant/l1/a", "online");
                say(device, "plant/l1/b", "online");
                try (var call = DiscoverCall.open(socket, details);
                        var api = GrpcChannels.open(new ListenAddress.UnixSocket(directory.resolve("api.sock")))) {
                    untilListed(call, "plant/l1");
                    say(device, "plant/l2/a", "online");
                    untilListed(call, "plant/l1", "plant/l2");
                    say(device, "plant/l1/b", "offline");
                    say(device, "plant/l1/c", "online");
                    say(device, "plant/l2/a", "offline");
                    untilListed(call, "plant/l1");

                    assertThat(call.properties("plant/l1"))
                            .as("told in each list alike")
                            .hasSize(1)
                            .allSatisfy(each -> assertThat(each).containsEntry("MQTT_TOPICS", "plant/l1/+/#"));
                    var members = Members.newBuilder()
                            .setKnown(3)
                            .setListed(2)
                            .setOnline(2)
                            .setOffline(1)
                            .build();
                    await().atMost(SOON)
                            .untilAsserted(() -> assertThat(DevicesGrpc.newBlockingStub(api.channel())
                                            .listDevices(ListDevicesRequest.newBuilder()
                                                    .setDevice("plant/l1")
                                                    .build())
                                            .getDevices(0)
                                            .getMembers())
                                    .isEqualTo(members));
                    assertThatThrownBy(() -> PlacementGrpc.newBlockingStub(api.channel())
                                    .planMoves(PlanMovesRequest.getDefaultInstance()))
                            .as("nothing can be moved here")
                            .hasMessageContaining("no Kubernetes at hand");
                }
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void untilListed(DiscoverCall call, String... ids) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(call.lists()).isNotEmpty().endsWith(List.of(ids)));
    }

    private static void say(PubSubClient client, String device, String status) throws Exception {
        var message = Message.to(TopicName.of(device + "/status")).text(status).retain(true);
        client.publish(message.build()).get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static void say(PubSubClient device, String status) throws Exception {
        var message = Message.to(TopicName.of("robots/r7/status")).text(status).retain(true);
        device.publish(message.build()).get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
