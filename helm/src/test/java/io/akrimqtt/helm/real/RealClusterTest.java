package io.akrimqtt.helm.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Install, see pods appear, see them go: the whole story, with our images on a real cluster. */
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "needs KUBECONFIG, with an administrator's rights, for a cluster with Akri in namespace akri")
@EnabledIfEnvironmentVariable(
        named = "AKRI_MQTT_HANDLER_IMAGE",
        matches = ".+:.+",
        disabledReason = "needs our images in the nodes: AKRI_MQTT_HANDLER_IMAGE, AKRI_MQTT_BROKER_IMAGE")
class RealClusterTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path KUBECONFIG = Path.of(String.valueOf(System.getenv("KUBECONFIG")));

    @TempDir
    private Path folder;

    private final Plugin plugin = new Plugin(KUBECONFIG.toString(), RealStage.NAMESPACE);

    @Test
    void devices_come_and_go_commands_are_answered_and_nothing_is_left() throws Exception {
        try (var stage = new RealStage(KUBECONFIG, folder);
                var server = OpenMosquitto.start(folder, stage.address())) {
            stage.install(stage.values(server.url().toString(), "1"));
            try (var _ = Simulator.start(folder, server.url(), "robot-1", "press-1");
                    var oven = Simulator.start(folder, server.url(), "oven-1")) {
                devicesAppear(stage);
                thePluginTells();
                commandsAndTelemetryGoThroughTheApiServer(plugin);
                rightsArePeoplesOwn(stage);
                anApplicationFollowsAllDevices(stage);
                aHandlersUpgradeTouchesNothing(stage, server.url().toString());
                whatIsWrongIsTold(stage);
                aNodeIsEmptied(stage);
                aDeviceThatDiesWithoutAWordGoes(stage, oven);
                nothingIsLeft(stage);
            }
        }
    }

    private static void devicesAppear(RealStage stage) {
        await("all have a workload that is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> stage.rolledOut() && stage.workloads().size() == 3);
        assertThat(stage.instances()).containsOnlyKeys("oven-1", "press-1", "robot-1");
    }

    private void thePluginTells() {
        var devices = plugin.run("get", "devices");

        assertThat(devices.exitCode()).as(devices.err()).isZero();
        assertThat(devices.err()).isEmpty();
        assertThat(devices.out().lines().skip(1).toList())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .containsPattern(
                                "(oven|press|robot)-1 +online .* e2e-[0-9a-f]{6} +node-[ab] +\\S+-pod +running "));
        assertThat(plugin.run("explain", "press-1").out())
                .startsWith("press-1 is online")
                .contains("docs/presence.md");
        assertThat(plugin.run("explain", "press-9").err()).contains("no device 'press-9'", "press-1");
    }

    private static void commandsAndTelemetryGoThroughTheApiServer(Plugin plugin) {
        var done = plugin.run("invoke", "press-1", "identify");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("SUCCEEDED 200");
        var watched = plugin.until("factory/", "watch", "robot-1", "--last");
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.out()).contains("robot-1");
    }

    /** Nobody resolves names there: it is given the addresses that the name of the Configuration's Service would stand for. */
    private void anApplicationFollowsAllDevices(RealStage stage) throws Exception {
        await("a Service without an address of its own")
                .atMost(PATIENCE)
                .until(() -> stage.served().size() == 3);
        for (var address : stage.served()) {
            var log = folder.resolve("consumer-" + address + ".log");
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.akrimqtt.samples.consumer.ConsumerMain",
                            address + ":6052")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                await("telemetry of " + address)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(Files.readString(log))
                                .containsPattern("--- (oven|press|robot)-1 is followed")
                                .containsPattern("(oven|press|robot)-1  factory/"));
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    /** Of the sample's role, no rule can be missing. */
    private void rightsArePeoplesOwn(RealStage stage) throws Exception {
        var people = new Plugin(stage.person(folder, RealStage.EVERYTHING), RealStage.NAMESPACE);
        assertThat(people.run("get", "devices").err()).isEmpty();
        commandsAndTelemetryGoThroughTheApiServer(people);

        var reader = new Plugin(stage.person(folder, "pods/portforward"), RealStage.NAMESPACE);
        var devices = reader.run("get", "devices");
        assertThat(devices.out()).contains("press-1");
        assertThat(devices.err())
                .contains("you may not forward ports of pods in namespace " + RealStage.NAMESPACE, "pods/portforward");
        var refused = reader.run("invoke", "press-1", "identify");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("you may not forward ports");

        for (var missing : List.of("instances", "pods")) {
            var blind = new Plugin(stage.person(folder, missing), RealStage.NAMESPACE).run("get", "devices");
            assertThat(blind.exitCode()).isEqualTo(3);
            assertThat(blind.err()).contains("you may not list " + missing, "expected: a role that allows it");
        }
    }

    private static void aHandlersUpgradeTouchesNothing(RealStage stage, String server) throws Exception {
        var instances = stage.instances();
        var workloads = stage.workloads();

        stage.upgrade(stage.values(server, "2"));

        await("new handlers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(stage::rolledOut);
        await("and nothing else")
                .during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    assertThat(stage.instances()).isEqualTo(instances);
                    assertThat(stage.workloads()).isEqualTo(workloads);
                });
    }

    private static void whatIsWrongIsTold(RealStage stage) {
        stage.configuration("nobody", "serverUrls: [tcp://127.0.0.1:1]\ntopics: [a/+/b]\n");
        stage.configuration("typo", "serverURLs: [tcp://mqtt.example]\ntopics: [a/+/b]\n");

        await("Events").atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(stage.events("nobody"))
                    .anyMatch(each -> each.startsWith("MqttServerUnreachable: ") && each.contains("tcp://127.0.0.1:1"));
            assertThat(stage.events("typo"))
                    .anyMatch(each -> each.startsWith("BadDiscoveryDetails: ") && each.contains("serverUrls"));
        });
        stage.remove("nobody");
        stage.remove("typo");
    }

    /** Before a drain: what is there stays until somebody says so, and then goes to the others. */
    private void aNodeIsEmptied(RealStage stage) {
        var node = stage.homes().values().iterator().next().getFirst();
        if (stage.nodes() < 2) {
            return;
        }
        try (var _ = Cordon.around(stage.client, node)) {
            var moved = plugin.run("rebalance");

            assertThat(moved.exitCode()).as(moved.out() + moved.err()).isZero();
            assertThat(moved.out()).contains("have ended on another node");
            await("all run elsewhere")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        assertThat(stage.homes())
                                .hasSize(3)
                                .noneSatisfy((_, nodes) -> assertThat(nodes).contains(node));
                        assertThat(stage.workloads()).hasSize(3);
                        assertThat(stage.pods())
                                .noneMatch(pod -> node.equals(pod.getSpec().getNodeName()));
                    });
        }
    }

    private static void aDeviceThatDiesWithoutAWordGoes(RealStage stage, Simulator oven) {
        oven.close();

        await("its Instance and its pod are gone")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> stage.pods().size() == 2 && stage.instances().size() == 2);
        assertThat(stage.instances()).doesNotContainKey("oven-1");
    }

    private static void nothingIsLeft(RealStage stage) {
        stage.uninstall();

        await("all is gone")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(stage.leftovers()).isEqualTo(List.of()));
    }
}
