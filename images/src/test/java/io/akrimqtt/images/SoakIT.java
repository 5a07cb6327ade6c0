package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.scenario.ClusterOptions;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.serving.MonotonicClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/**
 * Two monitoring brokers in 64 MiB each, and the discovery handler that knows their devices in a quarter of the chart's limit, under 100
 * messages a second of each device: two minutes, or an hour with {@code -Plong}.
 */
class SoakIT {

    private static final Duration SOAK = Boolean.getBoolean("long") ? Duration.ofHours(1) : Duration.ofMinutes(2);
    private static final long LIMIT = 64 * Containers.MIB;
    private static final long HANDLER_LIMIT = 128 * Containers.MIB;
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
    void programs_live_in_little_memory_and_it_stays_flat() throws Exception {
        // Sockets' paths have to be short.
        var options = ClusterOptions.of(Files.createTempDirectory("soak"), 1, false, 0.1);
        Set<String> found = ConcurrentHashMap.newKeySet();
        try (var containers = Containers.start();
                var cluster = LocalCluster.start(
                        options,
                        (_, event) -> instance(event).ifPresent(found::add),
                        MonotonicClock.start(InstantSource.system()));
                var first = containers.monitoringBroker(device(0), LIMIT);
                var second = containers.monitoringBroker(device(1), LIMIT);
                var handler = containers.discoveryHandler(
                        cluster.sockets(options.nodes().getFirst()), HANDLER_LIMIT);
                var ticker = Executors.newSingleThreadScheduledExecutor()) {
            cluster.applyConfiguration(Containers.configuration("soak/{device}/#"));
            var programs = List.of(first, second, handler);
            programs.forEach(GenericContainer::start);
            try (var client = connected(containers)) {
                for (int i = 0; i < LOG; i++) {
                    publish(client);
                }
                var load = ticker.scheduleAtFixedRate(() -> publish(client), 0, 10, TimeUnit.MILLISECONDS);
                var samples = sample(programs);
                hearsStill(first);
                hearsStill(second);
                // It has not ended by an error.
                assertThat(load.cancel(false)).isTrue();

                programs.forEach(SoakIT::assertUnharmed);
                samples.forEach(SoakIT::assertFlat);
                assertThat(found).containsExactlyInAnyOrder("soak/device-0", "soak/device-1");
            }
        }
    }

    private static Optional<String> instance(AgentEvent event) {
        return event instanceof AgentEvent.InstanceCreated(var instance)
                ? Optional.of(instance.deviceId())
                : Optional.empty();
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
        Awaitility.await().until(client::connected);
        return client;
    }

    /** One message of each device, which the MQTT server has when this returns. */
    private static void publish(PubSubClient client) {
        for (int i = 0; i < WORKLOADS; i++) {
            client.publish(Message.to(TopicName.of("soak/device-" + i + "/force"))
                            .text("{\"force\":12,\"unit\":\"kN\",\"press\":\"of the soak\"}")
                            .build())
                    .join();
        }
    }

    /** What is private to each program, in KiB, every 2 s. */
    private static List<List<Long>> sample(List<GenericContainer<?>> programs) {
        var samples = programs.stream().<List<Long>>map(_ -> new ArrayList<>()).toList();
        long end = System.nanoTime() + SOAK.toNanos();
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(2))
                .atMost(SOAK.plusMinutes(1))
                .until(() -> {
                    for (int i = 0; i < programs.size(); i++) {
                        samples.get(i).add(PrivateMemory.of(programs.get(i)));
                    }
                    return System.nanoTime() - end > 0;
                });
        return samples;
    }

    private static void hearsStill(GenericContainer<?> workload) throws Exception {
        long before = received(workload);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> received(workload) > before);
    }

    /** What a workload has taken of its device's messages, by its own count. */
    private static long received(GenericContainer<?> workload) throws Exception {
        var url =
                URI.create("http://" + workload.getHost() + ":" + workload.getMappedPort(Containers.HTTP) + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            var text = http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return text.lines()
                    .filter(line -> line.startsWith("akri_mqtt_telemetry_received_total "))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .mapToLong(number -> (long) Double.parseDouble(number))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void assertUnharmed(GenericContainer<?> program) {
        var state = program.getCurrentContainerInfo().getState();
        assertThat(state.getRunning()).isTrue();
        assertThat(state.getOOMKilled()).isFalse();
        assertThat(program.getLogs()).doesNotContain("OutOfMemory").contains("Pause");
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
