package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The program as Kubernetes sees it: started, asked, killed, ended. */
@TestInstance(Lifecycle.PER_CLASS)
class MonitorProcessTest {

    private MosquittoServer server;

    @BeforeAll
    void start() {
        server = MosquittoServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestClient client(String... filters) {
        return TestClient.connect(server.url(), ProtocolVersion.MQTT_5, filters);
    }

    @Test
    void telemetry_that_is_sent_while_it_is_killed_and_restarted_arrives() {
        try (var device = client();
                var broker = MonitorProcess.ready(server.url(), "lost/pump", Map.of())) {
            broker.kill();
            device.publish("lost/pump/speed", "1");
            device.publish("lost/pump/speed", "2");

            broker.startAgain();

            var events = broker.api()
                    .watchTelemetry(
                            WatchTelemetryRequest.newBuilder().setAfterCursor(1).build());
            assertThat(events.next().hasGap()).isTrue();
            assertThat(events.next().getMessage().getPayload().toStringUtf8()).isEqualTo("1");
            assertThat(events.next().getMessage().getPayload().toStringUtf8()).isEqualTo("2");
        }
    }

    @Test
    void its_last_will_says_that_it_was_killed() {
        var topic = "akri-mqtt/workloads/will/pump";
        try (var watcher = client(topic);
                var broker = MonitorProcess.ready(server.url(), "will/pump", Map.of())) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watcher.latest(topic))
                            .contains("\"state\":\"online\"", "\"workload\":\"pod-of-the-test\""));

            broker.kill();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watcher.latest(topic)).contains("\"state\":\"offline\""));
            broker.startAgain();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watcher.latest(topic)).contains("\"state\":\"online\""));
        }
    }

    @Test
    void it_says_offline_and_ends_soon_after_sigterm() {
        var topic = "akri-mqtt/workloads/end/pump";
        try (var watcher = client(topic);
                var broker = MonitorProcess.ready(server.url(), "end/pump", Map.of())) {
            await().atMost(SOON).until(() -> watcher.latest(topic).contains("online"));
            long start = System.nanoTime();

            int code = broker.terminate();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThat(code).isZero();
            await().atMost(SOON).until(() -> watcher.latest(topic).contains("offline"));
        }
    }

    @Test
    void it_ends_soon_after_sigterm_though_the_mqtt_server_is_dead() {
        try (var proxy = FaultProxy.before(server.url());
                var broker = MonitorProcess.ready(proxy.url(), "dead/pump", Map.of())) {
            proxy.blackHole();
            long start = System.nanoTime();

            int code = broker.terminate();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThat(code).isZero();
        }
    }

    @Test
    void two_workloads_of_one_device_keep_it_announced_while_one_lives() {
        var topic = "akri-mqtt/workloads/two/pump";
        try (var watcher = client(topic);
                var one = MonitorProcess.ready(server.url(), "two/pump", Map.of("HOSTNAME", "one"));
                var other = MonitorProcess.ready(server.url(), "two/pump", Map.of("HOSTNAME", "other"))) {
            await().atMost(SOON).until(() -> watcher.latest(topic).contains("online"));

            one.kill();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watcher.received())
                            .anyMatch(message -> message.text().contains("\"offline\"")));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watcher.latest(topic))
                            .contains("\"state\":\"online\"", "\"workload\":\"other\""));
            assertThat(other.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void it_is_ready_only_while_connected_and_says_why_not() {
        try (var proxy = FaultProxy.before(server.url());
                var broker = MonitorProcess.ready(proxy.url(), "ready/pump", Map.of())) {
            var health = HealthGrpc.newBlockingStub(broker.connect().channel());
            assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                    .isEqualTo(ServingStatus.SERVING);

            proxy.cut();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(broker.get("/readyz"))
                            .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                            .satisfies(answer ->
                                    assertThat(answer.body()).startsWith("MQTT server " + proxy.url() + ": ")));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(health.check(HealthCheckRequest.getDefaultInstance())
                                    .getStatus())
                            .isEqualTo(ServingStatus.NOT_SERVING));
            assertThat(broker.get("/livez").statusCode()).isEqualTo(200);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(broker.get("/metrics").body())
                            .contains("akri_mqtt_server_connected{server=\"" + proxy.url() + "\"} 0"));
        }
    }

    @Test
    void one_of_two_servers_is_enough_to_be_ready() {
        var dead = ServerUrl.parse("tcp://localhost:" + FreePort.find());
        var more = Map.of("MQTT_SERVER_URLS", dead + "," + server.url());
        try (var broker = MonitorProcess.ready(server.url(), "both/pump", more)) {
            await().atMost(SOON).untilAsserted(() -> {
                var servers = broker.api()
                        .getDevice(GetDeviceRequest.getDefaultInstance())
                        .getServersList();
                assertThat(servers).extracting("connected").containsExactly(false, true);
                assertThat(servers.getFirst().getProblem()).isNotEmpty();
                assertThat(servers.getLast().getProtocol()).isEqualTo("5");
            });
        }
    }

    @Test
    void it_ends_with_its_parent() {
        try (var broker = MonitorProcess.ready(server.url(), "child/pump", Map.of("AKRI_MQTT_LIFELINE", "stdin"))) {
            broker.closeInput();

            assertThat(broker.awaitEnd()).isZero();
        }
    }

    @Test
    void a_port_in_use_is_one_line_and_exit_code_1() {
        try (var broker = MonitorProcess.ready(server.url(), "first/pump", Map.of());
                var second = MonitorProcess.start(Map.of(
                        "MQTT_DEVICE_ID", "second/pump",
                        "MQTT_SERVER_URLS", server.url().toString(),
                        "MQTT_TOPICS", "#",
                        "HOSTNAME", "pod",
                        "AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:" + broker.httpPort()))) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.text("err"))
                    .contains("cannot serve HTTP at 127.0.0.1:" + broker.httpPort(), "AKRI_MQTT_HTTP_LISTEN");
        }
    }

    @Test
    void settings_are_printed_with_secrets_masked() {
        var more = Map.of("MQTT_USERNAME", "pump", "MQTT_PASSWORD", "s3cret");
        try (var broker = MonitorProcess.ready(server.url(), "mask/pump", more)) {
            assertThat(broker.text("err"))
                    .contains(
                            "MQTT_DEVICE_ID=\"mask/pump\"", "MQTT_PASSWORD=\"***\"", "AKRI_MQTT_SESSION_EXPIRY=\"10m\"")
                    .doesNotContain("s3cret");
        }
    }
}
