package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import io.akrimqtt.helm.AkriKinds;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Helm itself, on a real API server with Akri's kinds: the policies are in force while the rest is changed and taken away. */
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "needs KUBECONFIG, with an administrator's rights, for a cluster with Akri's CRDs")
class RealInstallTest {

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final String name = "akri-mqtt-test-"
            + HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt());
    private final Path kubeconfig = Path.of(System.getenv("KUBECONFIG"));

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        assumeTrue(policies() == 0, "needs an API server where akri-mqtt is not installed");
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.namespaces().withName(name).delete();
        client.close();
    }

    private void agent() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("akri-agent-sa")
                        .withNamespace(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Where Akri is elsewhere, only its agents' logs would tell why nothing is discovered. */
    @Test
    void agents_that_are_not_where_they_are_said_to_be_are_missed() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
        var install = new Helm(Path.of("akri-mqtt"))
                .install()
                .withName(name)
                .withNamespace(name)
                .withKubeConfig(kubeconfig)
                .withValuesFile(values("a/+/b"));

        assertThat(catchThrowable(install::call))
                .hasMessageContaining("akri.agent.namespace: namespace '" + name + "' has no service account")
                .hasMessageContaining("(expected: the namespace that Akri is installed in");
        assertThat(policies()).isZero();
    }

    private long policies() {
        return client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withLabel("app.kubernetes.io/name", "akri-mqtt")
                .list()
                .getItems()
                .size();
    }

    private Path values(String topic) throws Exception {
        return Files.writeString(folder.resolve("values.yaml"), """
                handler: {names: [%s], nodeSelector: {no: such-node}, image: {repository: registry.example/handler}}
                monitoringBroker: {image: {repository: registry.example/broker}}
                configurations:
                  - name: %s
                    details: {serverUrls: [tcp://mqtt.example], topics: [%s]}
                    credentials: {mqtt: {username: akri, password: change-me}}
                """.formatted(name, name, topic));
    }

    private String details() {
        var found = client.genericKubernetesResources(AkriKinds.CONFIGURATIONS)
                .inNamespace(name)
                .withName(name)
                .get();
        return found == null
                ? "none"
                : String.valueOf(found.<Object>get("spec", "discoveryHandler", "discoveryDetails"));
    }

    @Test
    void it_is_installed_upgraded_and_taken_away() throws Exception {
        agent();
        var chart = new Helm(Path.of("akri-mqtt"));
        chart.install()
                .withName(name)
                .withNamespace(name)
                .withKubeConfig(kubeconfig)
                .withValuesFile(values("a/+/b"))
                .call();
        try {
            assertThat(policies()).isEqualTo(6);
            assertThat(details()).contains("a/+/b");

            chart.upgrade()
                    .withName(name)
                    .withNamespace(name)
                    .withKubeConfig(kubeconfig)
                    .withValuesFile(values("c/+/d"))
                    .call();

            assertThat(details()).contains("c/+/d");
        } finally {
            Helm.uninstall(name).withNamespace(name).withKubeConfig(kubeconfig).call();
        }
        assertThat(policies()).isZero();
    }

    @Test
    void what_the_cluster_does_not_know_is_said_before_anything_is_sent() throws Exception {
        assumeTrue(
                client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName("podmonitors.monitoring.coreos.com")
                                .get()
                        == null,
                "the Prometheus operator is there");
        agent();
        var install = new Helm(Path.of("akri-mqtt"))
                .install()
                .withName(name)
                .withNamespace(name)
                .withKubeConfig(kubeconfig)
                .withValuesFile(values("a/+/b"))
                .set("podMonitor.enabled", true);

        assertThat(catchThrowable(install::call))
                .hasMessageContaining("this cluster does not know the kind PodMonitor")
                .hasMessageContaining("the Prometheus operator is installed first");
        assertThat(policies()).isZero();
    }
}
