package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.helm.Chart;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.monitor.device.MonitorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pod template is one that the monitoring broker starts with. */
class WorkloadTest {

    private static final String HASH = "4294EA";
    private static final String CREDENTIALS = "/etc/akri-mqtt/credentials";

    @TempDir
    private Path folder;

    private static Map<String, String> device(String server) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("MQTT_DEVICE_ID", "robots/r1");
        properties.put("MQTT_DEVICE_NAME", "r1");
        properties.put("MQTT_SERVER_URLS", server);
        properties.put("MQTT_TOPICS", "robots/r1/joints");
        properties.put("MQTT_CONVENTION", "topics");
        properties.put("MQTT_REPORTED_BY", "akri-mqtt");
        return properties;
    }

    /** As in a pod: with files of the Secret where the template mounts it, which is in the folder here. */
    private Map<String, String> environment(Manifest configuration, Map<String, String> secret, String server)
            throws IOException {
        for (var volume : configuration.at("/spec/brokerSpec/brokerPodSpec/volumes")) {
            for (var item : volume.at("/secret/items")) {
                Files.writeString(
                        folder.resolve(item.path("path").asText()),
                        secret.getOrDefault(
                                item.path("key").asText(),
                                "-----BEGIN" + " CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n"));
            }
        }
        var variables = PodEnvironment.workload(configuration, device(server), HASH);
        variables.replaceAll((_, value) -> value.replace(CREDENTIALS, folder.toString()));
        return variables;
    }

    private static Map<String, String> secret(Chart chart) {
        var data = new LinkedHashMap<String, String>();
        Manifest.only(chart, "Secret")
                .at("/data")
                .properties()
                .forEach(each -> data.put(
                        each.getKey(),
                        new String(Base64.getDecoder().decode(each.getValue().asText()), StandardCharsets.UTF_8)));
        return data;
    }

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void its_environment_is_one_that_the_monitoring_broker_takes(Scenario scenario) throws IOException {
        for (var each : Manifest.all(scenario.chart())) {
            if (!each.at("/spec/brokerSpec").isMissingNode()) {
                var result = MonitorSettings.read(environment(each, Map.of(), "ssl://mqtt.example:8883"));

                assertThat(result).as(each.id()).isInstanceOf(MonitorSettings.Result.Valid.class);
            }
        }
    }

    /** What it does not know it would not miss, and do without. */
    @Test
    @Timeout(180)
    void each_variable_is_one_that_the_program_knows() throws IOException, InterruptedException {
        try (var help = RunningProgram.start(folder, Map.of(), "io.akrimqtt.monitor.MonitorMain", "--help")) {
            assertThat(help.exitCode()).isZero();
            for (var scenario : List.of("standard", "credentials", "workloads")) {
                var names = Manifest.all(Scenario.named(scenario).chart()).stream()
                        .flatMap(each ->
                                PodEnvironment.of(each.at("/spec/brokerSpec/brokerPodSpec/containers/0"), Map.of())
                                        .keySet()
                                        .stream())
                        .filter(each -> each.matches("(AKRI_MQTT|MQTT)_.*"))
                        .map(each -> each.replaceAll("_FILE$", ""))
                        .toList();
                assertThat(names)
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(name -> assertThat(help.output()).containsPattern("\\b" + name + "\\b"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void exactly_one_container_takes_the_device(Scenario scenario) {
        for (var each : Manifest.all(scenario.chart())) {
            var pod = each.at("/spec/brokerSpec/brokerPodSpec");
            if (!pod.isMissingNode()) {
                assertThat(pod.findValuesAsText("{{PLACEHOLDER}}")).containsExactly("1", "1");
                assertThat(pod.at("/containers/0/resources/limits").has("{{PLACEHOLDER}}"))
                        .isTrue();
                assertThat(pod.has("affinity")).isFalse();
                assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
                assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            }
        }
    }

    @Test
    @Timeout(180)
    void the_real_monitoring_broker_starts_with_it_and_is_ready() throws IOException {
        try (var server = MosquittoServer.options().user("akri", "change-me").start()) {
            var chart = Scenario.named("standard").chart();
            int port = FreePort.find();
            var variables = environment(
                    Manifest.only(chart, "Configuration"),
                    secret(chart),
                    server.url().toString());
            variables.replace("AKRI_MQTT_HTTP_LISTEN", "0.0.0.0:8080", "127.0.0.1:" + port);
            variables.put("AKRI_MQTT_GRPC_LISTEN", "127.0.0.1:0");

            try (var program = RunningProgram.start(folder, variables, "io.akrimqtt.monitor.MonitorMain")) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(RunningProgram.status(port, "/readyz"))
                                .as(program::output)
                                .isEqualTo(200));
                assertThat(program.output()).doesNotContain("change-me");
            }
        }
    }
}
