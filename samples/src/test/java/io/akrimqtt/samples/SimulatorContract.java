package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What simulated devices do, on any MQTT server. */
abstract class SimulatorContract {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TopicName ANSWERS = TopicName.of("clients/test/responses");

    abstract ServerUrl server();

    @Test
    void devices_announce_themselves_and_publish_telemetry() {
        try (var observer = Observer.of(server(), Credentials.NONE);
                var simulator = SimulatorProcess.start(server(), "--sample", "factory")) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(observer.texts("factory/forming/press-1/status")).contains("online");
                assertThat(observer.texts("factory/forming/press-1/force")).hasSizeGreaterThanOrEqualTo(2);
                assertThat(observer.texts("factory/heat/oven-1/temperature")).isNotEmpty();
                assertThat(observer.texts("factory/assembly/robot-1/joints")).isNotEmpty();
                assertThat(simulator.lines()).contains("press-1 online", "oven-1 online", "robot-1 online");
            });
        }
    }

    @Test
    void a_birth_is_retained() {
        try (var early = Observer.of(server(), Credentials.NONE);
                var _ = SimulatorProcess.start(server(), "--sample", "factory", "--device", "press-2")) {
            var status = "factory/forming/press-2/status";
            await().atMost(SOON).until(() -> early.texts(status).contains("online"));

            try (var late = Observer.of(server(), Credentials.NONE)) {
                await().atMost(SOON).until(() -> late.texts(status).equals(List.of("online")));
                assertThat(late.messages(status).getFirst().retain()).isTrue();
            }
        }
    }

    @Test
    void commands_are_answered() {
        try (var observer = Observer.of(server(), Credentials.NONE);
                var simulator = SimulatorProcess.start(server(), "--sample", "factory", "--device", "oven-2")) {
            await().atMost(SOON)
                    .until(() -> observer.texts("factory/heat/oven-2/status").contains("online"));

            ask(observer, "factory/heat/oven-2/cmd/set-speed", "50", "a");
            ask(observer, "factory/heat/oven-2/cmd/set-speed", "quick", "b");
            ask(observer, "factory/heat/oven-2/cmd/identify", "", "c");
            ask(observer, "factory/heat/oven-2/cmd/dance", "", "d");

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(answer(observer, "a").text()).isEqualTo("{\"speed\":50}");
                assertThat(status(answer(observer, "b"))).isEqualTo("400");
                assertThat(answer(observer, "c").text()).isEqualTo("{\"blinked\":3}");
                assertThat(status(answer(observer, "d"))).isEqualTo("404");
                // What it prints comes on a way of its own.
                assertThat(simulator.lines()).contains("oven-2 runs at 50 %", "oven-2 blinks");
            });
        }
    }

    @Test
    void a_killed_device_leaves_its_last_will() {
        try (var observer = Observer.of(server(), Credentials.NONE);
                var simulator = SimulatorProcess.start(server(), "--sample", "proposal", "--device", "robot-7")) {
            await().atMost(SOON)
                    .until(() -> observer.texts("robots/robot-7/status").contains("online"));

            simulator.kill();

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(observer.texts("robots/robot-7/status")).containsExactly("online", "offline"));
            assertThat(simulator.lines()).doesNotContain("robot-7 offline");
        }
    }

    @Test
    void a_stopped_device_says_goodbye() throws InterruptedException {
        try (var observer = Observer.of(server(), Credentials.NONE);
                var simulator = SimulatorProcess.start(server(), "--sample", "factory", "--device", "robot-3")) {
            await().atMost(SOON)
                    .until(() ->
                            observer.texts("factory/assembly/robot-3/status").contains("online"));

            simulator.terminate();

            assertThat(simulator.exitCode()).isEqualTo(143);
            assertThat(simulator.lines()).last().isEqualTo("robot-3 offline");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(observer.texts("factory/assembly/robot-3/status"))
                            .containsExactly("online", "offline"));
        }
    }

    @Test
    void devices_stop_with_the_process_that_started_them() throws IOException, InterruptedException {
        var arguments = List.of("--server", server().toString(), "--sample", "factory", "--device", "robot-4");
        try (var simulator = SimulatorProcess.start(Map.of("AKRI_MQTT_LIFELINE", "stdin"), arguments)) {
            await().atMost(SOON).until(() -> simulator.lines().contains("robot-4 online"));

            simulator.abandon();

            assertThat(simulator.exitCode()).isZero();
            assertThat(simulator.lines()).last().isEqualTo("robot-4 offline");
        }
    }

    @Test
    void the_proposals_thermometer_gives_no_other_sign_of_life_than_its_telemetry() {
        try (var observer = Observer.of(server(), Credentials.NONE);
                var _ = SimulatorProcess.start(server(), "--sample", "proposal", "--devices", "1")) {
            await().atMost(SOON)
                    .until(() -> observer.texts("akri-devices/Device23920/temp").size() >= 2);

            assertThat(observer.texts("akri-devices/Device23920/status")).isEmpty();
        }
    }

    private static void ask(Observer observer, String topic, String text, String correlation) {
        observer.publish(Message.to(TopicName.of(topic))
                .text(text)
                .responseTopic(ANSWERS)
                .correlationData(correlation.getBytes(StandardCharsets.UTF_8))
                .expiry(Duration.ofMinutes(1))
                .build());
    }

    private static Message answer(Observer observer, String correlation) {
        var bytes = correlation.getBytes(StandardCharsets.UTF_8);
        assertThat(observer.messages(ANSWERS.value()))
                .extracting(m -> new String(m.correlationData().orElseThrow(), StandardCharsets.UTF_8))
                .contains(correlation);
        return observer.messages(ANSWERS.value()).stream()
                .filter(m -> Arrays.equals(m.correlationData().orElseThrow(), bytes))
                .findFirst()
                .orElseThrow();
    }

    private static String status(Message answer) {
        return answer.userProperty("__stat").orElse("none");
    }
}
