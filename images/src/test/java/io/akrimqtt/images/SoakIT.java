package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** Monitoring brokers in 64 MiB under 100 messages a second each: two minutes, or an hour with {@code -Plong}. */
class SoakIT {

    private static final Duration SOAK = Boolean.getBoolean("long") ? Duration.ofHours(1) : Duration.ofMinutes(2);
    private static final long LIMIT = 64 * Containers.MIB;
    private static final int WORKLOADS = 2;

    /** The log of telemetry holds so many; before it is full it grows. */
    private static final int LOG = 10_000;

    /** What memory may grow by from the first third of the run to the last, in KiB. */
    private static final long FLAT = 3_072;

    @BeforeAll
    static void docker() {
        Docker.required();
    }

    @Test
    void workloads_live_in_64_mib_and_their_memory_stays_flat() throws Exception {
        try (var containers = Containers.start();
                var first = containers.monitoringBroker(device(0), LIMIT);
                var second = containers.monitoringBroker(device(1), LIMIT);
                var ticker = Executors.newSingleThreadScheduledExecutor()) {
            var workloads = List.of(first, second);
            workloads.forEach(GenericContainer::start);
            try (var client = connected(containers)) {
                for (int i = 0; i < LOG; i++) {
                    publish(client, i);
                }
                var load = ticker.scheduleAtFixedRate(() -> publish(client, 0), 0, 10, TimeUnit.MILLISECONDS);
                var samples = sample(workloads);
                load.cancel(false);

                workloads.forEach(SoakIT::assertUnharmed);
                samples.forEach(SoakIT::assertFlat);
            }
        }
    }

    private static Map<String, String> device(int index) {
        var id = "soak/device-" + index;
        return Map.of(
                "MQTT_DEVICE_ID",
                id,
                "MQTT_DEVICE_NAME",
                "device-" + index,
                "MQTT_SERVER_URLS",
                Containers.inside(),
                "MQTT_TOPICS",
                id + "/#",
                "MQTT_COMMAND_TOPIC",
                id + "/cmd/{command}",
                "MQTT_REPORTED_BY",
                "akri-mqtt");
    }

    private static PubSubClient connected(Containers containers) {
        var session = SessionOptions.persistent("soak", Duration.ofMinutes(1));
        var client = MqttPubSubClient.create(containers.outside(), Credentials.NONE, TlsOptions.DEFAULT, session);
        client.connect();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(client::connected);
        return client;
    }

    private static void publish(PubSubClient client, int number) {
        for (int i = 0; i < WORKLOADS; i++) {
            client.publish(Message.to(TopicName.of("soak/device-" + i + "/force"))
                            .text("{\"force\":" + number + ",\"unit\":\"kN\",\"press\":\"of the soak\"}")
                            .build())
                    .join();
        }
    }

    /** What is private to each workload, in KiB, every 2 s. */
    private static List<List<Long>> sample(List<GenericContainer<?>> workloads) {
        List<List<Long>> samples = List.of(new ArrayList<>(), new ArrayList<>());
        long end = System.nanoTime() + SOAK.toNanos();
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(2))
                .atMost(SOAK.plusMinutes(1))
                .until(() -> {
                    for (int i = 0; i < WORKLOADS; i++) {
                        samples.get(i).add(PrivateMemory.of(workloads.get(i)));
                    }
                    return System.nanoTime() - end > 0;
                });
        return samples;
    }

    private static void assertUnharmed(GenericContainer<?> workload) {
        var state = workload.getCurrentContainerInfo().getState();
        assertThat(state.getRunning()).isTrue();
        assertThat(state.getOOMKilled()).isFalse();
        assertThat(workload.getLogs()).doesNotContain("OutOfMemory").contains("Pause");
    }

    private static void assertFlat(List<Long> samples) {
        int third = samples.size() / 3;
        long before = samples.subList(third / 2, third).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        long after = samples.subList(2 * third, samples.size()).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        assertThat(after).as("KiB private, every 2 s: " + samples).isLessThan(before + FLAT);
    }
}
