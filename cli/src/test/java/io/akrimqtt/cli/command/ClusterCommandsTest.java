package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.kube.ForwardingServer;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands to a device of a cluster, without kubectl. */
class ClusterCommandsTest {

    private static final String INSTANCES = """
            {"apiVersion": "akri.sh/v0", "kind": "InstanceList", "metadata": {}, "items": [
              {"apiVersion": "akri.sh/v0", "kind": "Instance", "metadata": {"name": "mqtt-1a2b3c", "namespace": "plant"},
               "spec": {"configurationName": "mqtt", "nodes": ["node-a"], "brokerProperties": {
                 "MQTT_REPORTED_BY": "akri-mqtt", "MQTT_DEVICE_ID": "hall/press", "MQTT_DEVICE_NAME": "press"}}}]}
            """;

    private static final String PODS = """
            {"apiVersion": "v1", "kind": "PodList", "metadata": {}, "items": [
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "press-pod", "namespace": "plant",
                 "labels": {"akri.sh/instance": "mqtt-1a2b3c"}},
               "spec": {"nodeName": "node-a", "containers": [{"name": "c"}]},
               "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}]}
            """;

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [{name: there, cluster: {server: "SERVER"}}]
            users: [{name: me, user: {token: none}}]
            contexts: [{name: here, context: {cluster: there, user: me, namespace: plant}}]
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String... words) {
        return Console.run(Map.of("HOME", folder.toString()), words);
    }

    @Test
    void all_of_them_find_the_devices_workload_through_the_api_server() throws IOException {
        try (var workload = new TestWorkload();
                var server = new ForwardingServer(
                        workload.port(),
                        Map.of(
                                "/apis/akri.sh/v0/namespaces/plant/instances",
                                INSTANCES,
                                "/api/v1/namespaces/plant/pods",
                                PODS))) {
            var kubeconfig = Files.writeString(folder.resolve("config"), KUBECONFIG.replace("SERVER", server.url()))
                    .toString();

            var invoked = run("invoke", "press", "start", "7", "--kubeconfig", kubeconfig, "-o", "json");
            assertThat(invoked.exitCode()).as("%s", invoked).isZero();
            assertThat(invoked.out()).contains("\"instance\":\"mqtt-1a2b3c\"", "\"state\":\"SUCCEEDED\"");
            assertThat(workload.asked.getLast().getPayload().toStringUtf8()).isEqualTo("7");
            assertThat(run("submit", "press", "start", "--kubeconfig", kubeconfig, "-n", "plant")
                            .exitCode())
                    .isZero();
            assertThat(run("commands", "hall/press", "--kubeconfig", kubeconfig, "--context", "here")
                            .exitCode())
                    .isZero();
            workload.answer =
                    TestWorkload.status(CommandState.COMMAND_STATE_CANCELLED).build();
            assertThat(run("cancel", "mqtt-1a2b3c", "c0ffee", "--kubeconfig", kubeconfig)
                            .exitCode())
                    .isZero();
            assertThat(workload.cancelled).containsExactly("c0ffee");

            var missing = run("invoke", "saw", "start", "--kubeconfig", kubeconfig);
            assertThat(missing.exitCode()).isEqualTo(4);
            assertThat(missing.err())
                    .contains("no Instance of a device 'saw' in namespace plant (expected: one of press)");
        }
    }

    @Test
    void a_kubeconfig_that_is_not_there_ends_with_3() {
        var result = run("invoke", "press", "start", "-n", "plant");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains(".kube/config cannot be read (expected: --kubeconfig, or KUBECONFIG");
    }
}
