package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.MosquittoServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorOnMosquittoTest extends SimulatorContract {

    @SuppressWarnings("NullAway.Init") // JUnit starts it before the tests.
    private static MosquittoServer server;

    @BeforeAll
    static void start() {
        server = MosquittoServer.start();
    }

    @AfterAll
    @SuppressWarnings("ConstantValue") // Null where Mosquitto is missing and the tests are skipped.
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    ServerUrl server() {
        return server.url();
    }

    @Test
    void credentials_come_from_the_environment() {
        try (var guarded = MosquittoServer.options().user("press", "secret-7").start();
                var observer = Observer.of(
                        guarded.url(), Credentials.of("press", "secret-7".getBytes(StandardCharsets.UTF_8)));
                var simulator = SimulatorProcess.start(
                        Map.of("MQTT_USERNAME", "press", "MQTT_PASSWORD", "secret-7"),
                        List.of("--server", guarded.url().toString(), "--sample", "factory", "--devices", "1"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            observer.texts("factory/forming/press-1/status").contains("online"));

            assertThat(simulator.lines()).noneMatch(line -> line.contains("secret-7"));
        }
    }

    @Test
    void a_device_comes_back_with_its_mqtt_server() {
        try (var restarted = MosquittoServer.start();
                var simulator = SimulatorProcess.start(restarted.url(), "--sample", "factory", "--devices", "1")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> simulator.lines().contains("press-1 online"));

            restarted.restart();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(simulator.lines())
                        .filteredOn("press-1 online"::equals)
                        .hasSize(2);
                assertThat(simulator.lines()).anyMatch(line -> line.startsWith("press-1 waits for its MQTT server: "));
            });
        }
    }
}
