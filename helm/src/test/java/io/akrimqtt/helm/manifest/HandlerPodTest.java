package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.helm.Chart;
import io.akrimqtt.messaging.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The handler's pods are such that it can do its work, and little else. */
class HandlerPodTest {

    private static final String MAIN = "io.akrimqtt.handler.HandlerMain";

    @TempDir
    private Path folder;

    private static JsonNode pod(Chart chart) {
        return Manifest.only(chart, "DaemonSet").at("/spec/template/spec");
    }

    private Map<String, String> environment(Chart chart) {
        var variables = new LinkedHashMap<>(PodEnvironment.of(
                pod(chart).at("/containers/0"), Map.of("spec.nodeName", "rack-a", "metadata.namespace", "mqtt")));
        variables.replace("DISCOVERY_HANDLERS_DIRECTORY", "/var/lib/akri", folder.toString());
        return variables;
    }

    @Test
    void it_is_root_without_any_of_roots_powers() {
        var pod = pod(Chart.whole(""));

        assertThat(pod.at("/securityContext/runAsUser").asInt(-1)).isZero();
        assertThat(pod.at("/containers/0/securityContext").toString())
                .isEqualTo("{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},"
                        + "\"readOnlyRootFilesystem\":true}");
        assertThat(pod.at("/hostNetwork").isMissingNode()).isTrue();
    }

    /** The agent is told the path of the handler's socket, and takes it for a path of its own. */
    @Test
    void it_sees_the_agents_folder_at_the_agents_path() {
        var pod = pod(Chart.whole("akri: {agent: {discoveryHandlers: /data/akri}}"));

        assertThat(pod.at("/volumes/0/hostPath/path").asText()).isEqualTo("/data/akri");
        assertThat(pod.at("/containers/0/volumeMounts/0/name").asText())
                .isEqualTo(pod.at("/volumes/0/name").asText());
        assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText()).isEqualTo("/var/lib/akri");
    }

    @Test
    void an_upgrade_starts_the_new_one_before_the_old_one_ends() {
        var update = Manifest.only(Chart.whole(""), "DaemonSet").at("/spec/updateStrategy/rollingUpdate");

        assertThat(update.at("/maxSurge").asInt()).isEqualTo(1);
        assertThat(update.at("/maxUnavailable").asInt(-1)).isZero();
        // 10 s for the new one's first lists, and 6 s for the MQTT sessions.
        assertThat(pod(Chart.whole("")).at("/terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    @Timeout(180)
    void each_variable_is_one_that_the_program_knows() throws IOException, InterruptedException {
        var chart = Chart.whole("handler: {journal: false}");
        try (var help = RunningProgram.start(folder, Map.of(), MAIN, "--help")) {
            assertThat(help.exitCode()).isZero();
            assertThat(environment(chart).keySet())
                    .hasSizeGreaterThan(12)
                    .allSatisfy(name -> assertThat(help.output()).containsPattern("\\b" + name + "\\b"));
        }
    }

    /** Outside of a pod the account is all that is missing. */
    @Test
    @Timeout(180)
    void its_environment_is_one_that_the_handler_takes() throws IOException, InterruptedException {
        var variables = environment(Chart.whole("handler: {kubernetes: {host: 192.0.2.7, port: 6443}}"));
        try (var program = RunningProgram.start(folder, variables, MAIN)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.output().strip().lines().skip(1))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("/var/run/secrets/kubernetes.io/serviceaccount"));
        }
    }

    /** What the pod of helm test says, and how it ends. */
    private String helmTest(String url) throws IOException, InterruptedException {
        var words = Manifest.only(Chart.test(""), "Pod").texts("/spec/containers/0/args");
        try (var program = RunningProgram.start(folder, Map.of(), MAIN, words.getFirst(), url)) {
            int code = program.exitCode();
            return program.output() + " " + code;
        }
    }

    @Test
    @Timeout(180)
    void helm_test_fails_where_nobody_answers() throws IOException, InterruptedException {
        assertThat(helmTest("http://127.0.0.1:" + FreePort.find() + "/readyz"))
                .contains("no handler that is ready answers")
                .endsWith(" 1");
        assertThat(helmTest("plant"))
                .contains("(expected: http://host:port/readyz)")
                .endsWith(" 1");
    }

    @Test
    @Timeout(180)
    void the_real_handler_starts_with_it() throws IOException, InterruptedException {
        var variables = environment(Chart.whole("handler: {kubernetes: {mode: 'off'}}"));
        int port = FreePort.find();
        variables.replace("AKRI_MQTT_HTTP_LISTEN", "0.0.0.0:8080", "127.0.0.1:" + port);
        variables.replace("AKRI_MQTT_GRPC_LISTEN", "127.0.0.1:6051", "127.0.0.1:0");

        try (var program = RunningProgram.start(folder, variables, MAIN)) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(RunningProgram.status(port, "/livez"))
                            .as(program::output)
                            .isEqualTo(200));
            // Not before Akri's agent knows it.
            assertThat(RunningProgram.status(port, "/readyz")).isEqualTo(503);
            assertThat(helmTest("http://127.0.0.1:" + port + "/livez"))
                    .contains("ready")
                    .endsWith(" 0");
            assertThat(helmTest("http://127.0.0.1:" + port + "/readyz"))
                    .contains("not ready, 503")
                    .endsWith(" 1");
        }
    }
}
