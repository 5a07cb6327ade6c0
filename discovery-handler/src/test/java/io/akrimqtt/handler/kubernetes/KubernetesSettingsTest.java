package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.serving.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesSettingsTest {

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:8001"}}]
            users: [{name: u, user: {token: s3cret}}]
            contexts: [{name: x, context: {cluster: c, user: u, namespace: plant}}]
            current-context: x
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    private record Reading(KubernetesSettings settings, List<String> problems, Map<String, String> effective) {}

    private Reading read(String... pairs) {
        var variables = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        var environment = new Environment(variables);
        var settings = KubernetesSettings.read(environment, directory);
        return new Reading(settings, environment.problems(), environment.effective());
    }

    private String kubeconfig(String text) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), text).toString();
    }

    private void account() throws IOException {
        Files.writeString(directory.resolve("token"), "s3cret");
        Files.writeString(directory.resolve("namespace"), "akri\n");
    }

    @Test
    void a_kubeconfig_is_used_with_its_namespace() throws IOException {
        var file = kubeconfig(KUBECONFIG);
        var reading = read("KUBECONFIG", file, "AKRI_MQTT_SERVICE", "handlers");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings().access()).isEqualTo(new Access.Kubeconfig(Path.of(file)));
        assertThat(reading.settings().namespace()).isEqualTo("plant");
        assertThat(reading.settings().placement()).isEqualTo(Placement.ONE_NODE);
        assertThat(reading.settings().notice()).isEmpty();
        assertThat(reading.effective().toString()).doesNotContain("s3cret");
    }

    @Test
    void a_pod_that_knows_its_node_uses_its_service_account() throws IOException {
        account();
        var reading = read(
                "KUBERNETES_SERVICE_HOST", "10.96.0.1",
                "AKRI_MQTT_NODE_NAME", "node-a",
                "AKRI_MQTT_SERVICE", "handlers");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings().access()).isEqualTo(new Access.InCluster("10.96.0.1", "443", directory));
        assertThat(reading.settings().namespace()).isEqualTo("akri");
    }

    @Test
    void a_pod_that_does_not_know_its_node_leaves_kubernetes_alone() throws IOException {
        account();
        var reading = read("KUBERNETES_SERVICE_HOST", "10.96.0.1");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings().access())
                .isEqualTo(new Access.None("AKRI_MQTT_NODE_NAME is not set (spec.nodeName of the pod)"));
        assertThat(reading.settings().placement()).isEqualTo(Placement.EVERY_NODE);
        assertThat(reading.settings().notice()).contains("AKRI_MQTT_NODE_NAME is not set");
    }

    @Test
    void without_a_service_every_node_reports_every_device_and_that_is_said() throws IOException {
        var reading = read("KUBECONFIG", kubeconfig(KUBECONFIG));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings().placement()).isEqualTo(Placement.EVERY_NODE);
        assertThat(reading.settings().notice()).startsWith("AKRI_MQTT_SERVICE is not set");
    }

    @Test
    void who_asks_for_one_node_has_to_name_the_service() throws IOException {
        var reading = read("KUBECONFIG", kubeconfig(KUBECONFIG), "AKRI_MQTT_PLACEMENT", "oneNode");

        assertThat(reading.problems())
                .containsExactly("AKRI_MQTT_SERVICE: is not set (expected: the headless Service of the handlers, for"
                        + " AKRI_MQTT_PLACEMENT=oneNode)");
    }

    @Test
    void off_is_off_whatever_is_there() throws IOException {
        var reading = read("KUBECONFIG", kubeconfig(KUBECONFIG), "AKRI_MQTT_KUBERNETES", "off");

        assertThat(reading.settings().access()).isEqualTo(new Access.None("AKRI_MQTT_KUBERNETES is off"));
    }

    @Test
    void what_is_required_and_not_there_is_a_problem() {
        assertThat(read("AKRI_MQTT_KUBERNETES", "required").problems())
                .containsExactly("AKRI_MQTT_KUBERNETES: is required, but neither KUBECONFIG nor"
                        + " KUBERNETES_SERVICE_HOST is set (expected: KUBECONFIG, or a pod with a service account)");
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_no_secret() throws IOException {
        var reading = read(
                "AKRI_MQTT_KUBERNETES", "yes",
                "KUBECONFIG", kubeconfig("users: [{name: u, user: {token: s3cret"),
                "AKRI_MQTT_PLACEMENT", "both",
                "AKRI_MQTT_SERVICE", "My_Service",
                "AKRI_MQTT_NAMESPACE", "a b",
                "AKRI_MQTT_TAKEOVER", "soon");

        assertThat(reading.problems())
                .containsExactlyInAnyOrder(
                        "AKRI_MQTT_KUBERNETES: 'yes' is not known (expected: auto, required, off)",
                        "KUBECONFIG: '" + directory.resolve("kubeconfig")
                                + "' is no kubeconfig (expected: one kubeconfig file that can be read)",
                        "AKRI_MQTT_PLACEMENT: 'both' is not known (expected: oneNode, everyNode)",
                        "AKRI_MQTT_SERVICE: 'My_Service' is not accepted (expected: 1 to 63 lower-case letters, digits"
                                + " and '-')",
                        "AKRI_MQTT_NAMESPACE: 'a b' is not accepted (expected: 1 to 63 lower-case letters, digits and"
                                + " '-')",
                        "AKRI_MQTT_TAKEOVER: 'soon' (expected: a duration such as 10s, 5m or 1h, from 1s to 86400s)");
    }

    @Test
    void a_kubeconfig_that_is_not_there_is_a_problem() {
        assertThat(read("KUBECONFIG", directory + "/no").problems())
                .containsExactly("KUBECONFIG: '" + directory
                        + "/no' is no file that can be read (expected: one kubeconfig file that can be read)");
    }
}
