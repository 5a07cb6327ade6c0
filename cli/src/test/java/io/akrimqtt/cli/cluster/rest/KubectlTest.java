package io.akrimqtt.cli.cluster.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl, where it is in the PATH. */
class KubectlTest extends ServerStory {

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @BeforeAll
    static void needsKubectl() {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        assumeTrue(there || "true".equals(System.getenv("CI")), "kubectl is not in the PATH");
    }

    @BeforeEach
    void fill() throws IOException {
        createConfiguration();
        createInstance("mqtt-1");
        createPod();
        createEvent();
        server.writeKubeconfig(directory.resolve("kubeconfig"), Identity.ADMIN);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                "kubectl",
                "--kubeconfig",
                directory.resolve("kubeconfig").toString(),
                "--cache-dir",
                directory.resolve("cache").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }

    @Test
    void gets_all_three_kinds_with_akris_columns() throws Exception {
        var lines = kubectl("get", "akric,akrii,pods", "-o", "wide").lines().toList();

        assertThat(words(lines.get(0))).containsExactly("NAME", "CAPACITY", "AGE");
        assertThat(words(lines.get(1))).containsExactly("configuration.akri.sh/mqtt", "1", "90s");
        assertThat(words(lines.get(3))).containsExactly("NAME", "CONFIG", "SHARED", "NODES", "AGE");
        assertThat(words(lines.get(4)))
                .containsExactly("instance.akri.sh/mqtt-1", "mqtt", "true", "[\"node-a\",\"node-b\"]", "90s");
        assertThat(words(lines.get(6))).containsExactly("NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE");
        assertThat(words(lines.get(7)))
                .containsExactly("pod/mqtt-1-pod", "1/1", "Running", "2", "90s", "<none>", "node-a");
    }

    @Test
    void narrow_tables_yaml_and_labels_work_too() throws Exception {
        assertThat(words(kubectl("get", "pods", "--no-headers")))
                .containsExactly("mqtt-1-pod", "1/1", "Running", "2", "90s");
        assertThat(kubectl("get", "akrii", "mqtt-1", "-o", "yaml")).contains("configurationName: mqtt");
        assertThat(kubectl("get", "akrii", "-A", "-L", "color")).contains("COLOR", "red");
        assertThat(kubectl("get", "akrii", "-l", "color=blue")).contains("No resources found");
        assertThat(kubectl("get", "all")).contains("instance.akri.sh/mqtt-1", "pod/mqtt-1-pod");
    }

    @Test
    void describes_with_events() throws Exception {
        assertThat(kubectl("describe", "akric", "mqtt"))
                .contains("Name:         mqtt", "Capacity:  1", "ServerUnreachable", "no answer");
        assertThat(kubectl("get", "events")).contains("ServerUnreachable", "configuration/mqtt", "no answer");
    }

    @Test
    void annotates_labels_and_patches() throws Exception {
        kubectl("annotate", "akrii", "mqtt-1", "a=b");
        kubectl("label", "akrii", "mqtt-1", "c=d");
        kubectl("patch", "akrii", "mqtt-1", "--type=merge", "-p", "{\"spec\":{\"capacity\":4}}");

        assertThat(stored("mqtt-1").at("/metadata/annotations/a").asText()).isEqualTo("b");
        assertThat(stored("mqtt-1").at("/metadata/labels/c").asText()).isEqualTo("d");
        assertThat(stored("mqtt-1").at("/spec/capacity").asInt()).isEqualTo(4);
        assertThat(stored("mqtt-1").at("/metadata/managedFields").toString()).contains("kubectl-annotate");
    }

    @Test
    void deletes_and_waits_for_the_last_finalizer() throws Exception {
        store.mergePatch(
                Resource.INSTANCE, NS, "mqtt-1", json("{'metadata': {'finalizers': ['node-a']}}"), Caller.ADMIN);
        store.watch(Resource.INSTANCE, NS, "", changed -> {
            if (changed.object().at("/metadata").hasNonNull("deletionTimestamp")
                    && !changed.object().at("/metadata/finalizers").isEmpty()) {
                Thread.startVirtualThread(() -> store.mergePatch(
                        Resource.INSTANCE, NS, "mqtt-1", json("{'metadata': {'finalizers': null}}"), Caller.ADMIN));
            }
        });

        assertThat(kubectl("delete", "akrii", "mqtt-1")).contains("\"mqtt-1\" deleted");
        assertThat(kubectl("delete", "pod", "mqtt-1-pod")).contains("\"mqtt-1-pod\" deleted");
        assertThat(store.list(Resource.INSTANCE, NS).items()).isEmpty();
        assertThat(store.list(Resource.POD, NS).items()).isEmpty();
    }

    @Test
    void watches() throws Exception {
        var process = start("get", "akrii", "-w");
        try (var output = process.inputReader(UTF_8)) {
            assertThat(words(output.readLine())).startsWith("NAME");
            assertThat(words(output.readLine())).startsWith("mqtt-1");
            createInstance("mqtt-2");
            assertThat(words(output.readLine()))
                    .containsExactly("mqtt-2", "mqtt", "true", "[\"node-a\",\"node-b\"]", "90s");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void applies_a_file_by_the_server() throws Exception {
        var file = directory.resolve("c.yaml");
        Files.writeString(file, """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata:
                  name: second
                spec:
                  capacity: 2
                """);

        kubectl("apply", "--server-side", "--validate=false", "-f", file.toString());
        kubectl("apply", "--validate=false", "-f", file.toString());

        assertThat(store.get(Resource.CONFIGURATION, NS, "second")
                        .at("/spec/capacity")
                        .asInt())
                .isEqualTo(2);
    }
}
