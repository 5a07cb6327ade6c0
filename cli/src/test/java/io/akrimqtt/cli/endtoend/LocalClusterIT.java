package io.akrimqtt.cli.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kubernetes API of a local run: who reaches it, what is seen there, and that nobody else's cluster is ever touched. */
class LocalClusterIT {

    private static final String[] DEVICES = {"press-1", "oven-1", "robot-1"};

    private static final ResourceDefinitionContext INSTANCES = new ResourceDefinitionContext.Builder()
            .withGroup("akri.sh")
            .withVersion("v0")
            .withPlural("instances")
            .withKind("Instance")
            .withNamespaced(true)
            .build();

    @TempDir
    Path folder;

    private LocalRun start(Map<String, String> environment, String... further) throws Exception {
        var arguments = new ArrayList<>(List.of("--mqtt-port", "0", "--for", "10m"));
        arguments.addAll(List.of(further));
        return LocalRun.start(folder.resolve("run"), environment, arguments.toArray(String[]::new));
    }

    private static void awaitWorkloads(LocalRun run) {
        for (var device : DEVICES) {
            run.awaitEvent("workload.running", device);
        }
    }

    private static Path kubeconfig(LocalRun run) {
        return run.events().stream()
                .filter(event -> "cluster.started".equals(event.get("event")))
                .map(event -> Path.of(event.getOrDefault("file", "")))
                .findFirst()
                .orElseThrow();
    }

    private static KubernetesClient client(Path kubeconfig) throws Exception {
        var config = new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static List<GenericKubernetesResource> instances(KubernetesClient client) {
        return client.genericKubernetesResources(INSTANCES)
                .inAnyNamespace()
                .list()
                .getItems();
    }

    @Test
    void the_users_own_cluster_is_neither_asked_nor_written_to_and_no_file_of_the_run_is_for_others() throws Exception {
        var asked = new AtomicInteger();
        try (var real = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> count(real, asked));
            var home = Files.createDirectories(folder.resolve("home/.kube"));
            var url = "https://127.0.0.1:" + real.getLocalPort();
            var theirs = Files.writeString(home.resolve("config"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: real, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                    users: [{name: me, user: {token: precious}}]
                    contexts: [{name: real, context: {cluster: real, user: me}}]
                    current-context: real
                    """.formatted(url));
            var before = Files.readString(theirs);
            var environment = Map.of(
                    "KUBECONFIG",
                    theirs.toString(),
                    "HOME",
                    folder.resolve("home").toString(),
                    "KUBERNETES_SERVICE_HOST",
                    "127.0.0.1",
                    "KUBERNETES_SERVICE_PORT",
                    Integer.toString(real.getLocalPort()),
                    "KUBERNETES_MASTER",
                    url,
                    "AKRI_MQTT_KUBERNETES",
                    "off");
            Path ours;
            try (var run = start(environment)) {
                awaitWorkloads(run);
                ours = kubeconfig(run);
                var handler = run.handler();
                var variables = Files.readString(Path.of("/proc", Long.toString(handler.pid()), "environ"))
                        .split("\0", -1);
                var handlers = run.directory().resolve("kubeconfig-handler-local");
                assertThat(variables)
                        .contains("KUBECONFIG=" + handlers, "AKRI_MQTT_KUBERNETES=required")
                        .noneMatch(variable -> variable.startsWith("KUBERNETES_"));
                assertThat(ours).isEqualTo(run.directory().resolve("kubeconfig"));
                for (var file : List.of(ours, handlers)) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                }
                assertThat(Files.readString(handlers))
                        .doesNotContain(token(Files.readString(ours)))
                        .doesNotContain(url);
                assertThat(everythingBelow(run.directory().resolve("logs")))
                        .doesNotContain("precious", token(Files.readString(ours)), token(Files.readString(handlers)));
            }
            assertThat(asked).hasValue(0);
            assertThat(theirs).hasContent(before);
            assertThat(ours).doesNotExist();
            assertThat(ours.resolveSibling("kubeconfig-handler-local")).doesNotExist();
        }
    }

    private static void count(ServerSocket server, AtomicInteger asked) {
        try {
            while (!server.isClosed()) {
                server.accept().close();
                asked.incrementAndGet();
            }
        } catch (java.io.IOException _) {
            // Closed.
        }
    }

    private static String token(String kubeconfig) {
        return kubeconfig
                .lines()
                .filter(line -> line.contains("token: "))
                .map(line -> line.substring(line.indexOf("token: ") + 7).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String everythingBelow(Path directory) throws Exception {
        var all = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                // Some are being written.
                all.append(new String(Files.readAllBytes(file), UTF_8));
            }
        }
        return all.toString();
    }

    @Test
    void the_caretaker_works_there_under_its_own_name_and_all_writes_are_counted() throws Exception {
        List<Map<String, String>> events;
        try (var run = start(Map.of())) {
            awaitWorkloads(run);
            try (var client = client(kubeconfig(run))) {
                await().atMost(LocalRun.PATIENCE)
                        .untilAsserted(() -> assertThat(instances(client))
                                .hasSize(3)
                                .allSatisfy(instance -> assertThat(
                                                instance.getMetadata().getLabels())
                                        .containsKey("akri-mqtt.io/device")));
                await().atMost(LocalRun.PATIENCE)
                        .untilAsserted(() -> assertThat(client.discovery()
                                        .v1()
                                        .endpointSlices()
                                        .inNamespace("akri-mqtt")
                                        .list()
                                        .getItems())
                                .singleElement()
                                .satisfies(slice -> assertThat(slice.getEndpoints())
                                        .singleElement()
                                        .satisfies(endpoint -> {
                                            assertThat(endpoint.getNodeName()).isEqualTo("local");
                                            assertThat(endpoint.getConditions().getReady())
                                                    .isTrue();
                                        })));
                // A device that goes is released before it is dropped: the guard is in force.
                run.awaitEvent("workload.gone", "robot-1");
                await().atMost(LocalRun.PATIENCE)
                        .untilAsserted(() -> assertThat(instances(client)).hasSizeGreaterThanOrEqualTo(2));
            }
            run.process().toHandle().destroy();
            assertThat(run.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            await().atMost(LocalRun.PATIENCE)
                    .untilAsserted(() -> assertThat(run.events().getLast()).containsEntry("event", "run.stopped"));
            events = run.events();
        }
        var writes = events.stream()
                .filter(event -> "api.writes".equals(event.get("event")))
                .toList();
        assertThat(writes)
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("user", "system:serviceaccount:akri:akri-agent-sa")
                        .containsKey("count"))
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("user", "system:serviceaccount:akri-mqtt:akri-mqtt-discovery-handler")
                        .containsKey("count"));
    }

    @Test
    void of_three_nodes_each_device_is_on_one_and_they_share_the_work() throws Exception {
        try (var run = start(Map.of(), "--nodes", "3", "--devices", "12")) {
            await().atMost(LocalRun.PATIENCE.multipliedBy(2))
                    .untilAsserted(() -> assertThat(run.events().stream()
                                    .filter(event -> "workload.running".equals(event.get("event")))
                                    .map(event -> event.get("device"))
                                    .distinct())
                            .hasSize(12));
            assertThat(run.children("io.akrimqtt.handler.HandlerMain")).hasSize(3);
            try (var client = client(kubeconfig(run))) {
                await().atMost(LocalRun.PATIENCE).untilAsserted(() -> {
                    var used = new TreeSet<String>();
                    for (var instance : instances(client)) {
                        List<String> nodes = instance.get("spec", "nodes");
                        assertThat(nodes).hasSize(1);
                        used.addAll(nodes);
                    }
                    assertThat(used).containsExactly("local-1", "local-2", "local-3");
                });
            }
            assertThat(run.events("workload.gone", "press-1")).isEmpty();
        }
    }

    @Test
    void without_the_guard_a_restarted_handler_costs_living_devices_their_workloads_as_in_akri_alone()
            throws Exception {
        try (var run = start(Map.of(), "--no-guard", "--devices", "1")) {
            run.awaitEvent("workload.running", "press-1");
            assertThat(run.events())
                    .anySatisfy(event -> assertThat(event)
                            .containsEntry("event", "cluster.started")
                            .containsEntry("guard", "false"));

            run.handler().destroyForcibly();

            run.awaitEvent("instance.deleted", "press-1").awaitEvents("workload.running", "press-1", 2);
        }
    }

    @Test
    void kubectl_shows_configurations_instances_pods_and_events() throws Exception {
        boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl")));
        assumeTrue(there || "true".equals(System.getenv("CI")), "kubectl is not in the PATH");
        try (var run = start(Map.of(), "--no-guard")) {
            awaitWorkloads(run);
            var file = kubeconfig(run);
            // Before the device dies, and comes back.
            var watch = start(file, "get", "akrii", "-w");
            try (var output = watch.inputReader(UTF_8)) {
                var seen = new CopyOnWriteArrayList<String>();
                Thread.ofVirtual().start(() -> output.lines().forEach(seen::add));

                await().atMost(LocalRun.PATIENCE).untilAsserted(() -> {
                    var lines = kubectl(file, "get", "akric,akrii,pods", "-o", "wide");
                    assertThat(lines).contains("configuration.akri.sh/factory", "instance.akri.sh/factory-");
                    assertThat(lines.lines().filter(line -> line.startsWith("pod/")))
                            .hasSize(3)
                            .allMatch(
                                    line -> line.contains("1/1") && line.contains("Running") && line.contains("local"));
                });
                await().atMost(LocalRun.PATIENCE)
                        .untilAsserted(() -> assertThat(kubectl(file, "describe", "akric", "factory"))
                                .contains("GuardMissing", "akri-mqtt.io/discovery-handler"));
                run.awaitEvent("device.offline", "robot-1");
                await().atMost(LocalRun.PATIENCE)
                        .untilAsserted(() -> assertThat(seen)
                                .hasSizeGreaterThanOrEqualTo(5)
                                .last()
                                .asString()
                                .startsWith("factory-"));
            } finally {
                watch.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(Path kubeconfig, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String kubectl(Path kubeconfig, String... arguments) throws Exception {
        var process = start(kubeconfig, arguments);
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
