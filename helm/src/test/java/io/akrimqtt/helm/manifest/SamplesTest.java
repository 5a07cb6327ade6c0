package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.akrimqtt.helm.Chart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in samples/kubernetes are what the chart renders, and Configurations in them those of the other samples. */
class SamplesTest {

    private static final Path SAMPLES = Path.of("../samples");
    private static final Path KUBERNETES = SAMPLES.resolve("kubernetes");
    private static final String MADE = """
            # Made of values.yaml by the chart helm/akri-mqtt; a test keeps it so. Change that one, not this one.
            """;

    private static Chart rendered(String release, String folder) {
        return Chart.bare(
                release, "default", Golden.read(KUBERNETES.resolve(folder).resolve("values.yaml")));
    }

    @Test
    void the_handler_is_what_the_chart_renders() {
        Golden.same(
                KUBERNETES.resolve("handler/manifests.yaml"),
                MADE + rendered("akri-mqtt", "handler").text().stripTrailing() + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proposal", "factory", "consumer"})
    void a_sample_is_what_the_chart_renders(String sample) {
        // The policies come with the handler.
        Golden.same(
                KUBERNETES.resolve(sample).resolve("configuration.yaml"),
                MADE + Scenario.withoutPolicies(rendered(sample, sample)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proposal", "factory"})
    void a_sample_is_the_one_for_one_machine_with_another_mqtt_server(String sample) {
        var local = Manifest.all(Golden.read(SAMPLES.resolve(sample).resolve("configuration.yaml")));
        var cluster = Manifest.only(rendered(sample, sample), "Configuration");

        assertThat(local).hasSize(1);
        assertThat(cluster.name()).isEqualTo(local.getFirst().name());
        assertThat(cluster.text("/spec/discoveryHandler/discoveryDetails"))
                .contains("tcp://mosquitto.default:1883")
                .isEqualTo(local.getFirst()
                        .text("/spec/discoveryHandler/discoveryDetails")
                        .replace("tcp://127.0.0.1:1883", "tcp://mosquitto.default:1883"));
    }

    @Test
    void the_consumers_configuration_is_the_factorys_with_a_service_whose_name_stands_for_all_workloads() {
        var factory = Manifest.only(rendered("factory", "factory"), "Configuration");
        var consumed = Manifest.only(rendered("factory", "consumer"), "Configuration");

        assertThat(consumed.name()).isEqualTo(factory.name());
        assertThat(consumed.at("/spec/discoveryHandler")).isEqualTo(factory.at("/spec/discoveryHandler"));
        assertThat(consumed.text("/spec/configurationServiceSpec/clusterIP")).isEqualTo("None");
        var application = Golden.read(KUBERNETES.resolve("consumer/application.yaml"));
        assertThat(application)
                .contains("\"" + consumed.name() + "-svc.default:"
                        + consumed.text("/spec/configurationServiceSpec/ports/0/port") + "\"")
                .contains("io.akrimqtt.samples.consumer.ConsumerMain");
    }

    /** Whatever is in these folders is of its kind, with fields that are known. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "handler/manifests.yaml",
                "proposal/configuration.yaml",
                "factory/configuration.yaml",
                "consumer/configuration.yaml",
                "consumer/application.yaml",
                "people/role.yaml",
                "kind/mosquitto.yaml",
                "kind/devices.yaml"
            })
    void every_object_has_fields_that_are_known(String file) {
        assertThat(Manifest.all(Golden.read(KUBERNETES.resolve(file))))
                .isNotEmpty()
                .allSatisfy(StrictTest::check);
    }

    @Test
    void the_overlay_says_where_images_and_server_are() throws IOException, InterruptedException {
        var kubectl = Stream.of("/usr/bin/kubectl", "/usr/local/bin/kubectl")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(kubectl.isPresent(), "kubectl is not installed");

        var built = Manifest.all(kustomized(kubectl.orElseThrow(), KUBERNETES.resolve("overlay")));

        assertThat(built).extracting(Manifest::kind).contains("DaemonSet", "ValidatingAdmissionPolicy", "ClusterRole");
        var configuration = built.stream()
                .filter(each -> each.kind().equals("Configuration"))
                .findFirst()
                .orElseThrow();
        assertThat(configuration.text("/spec/discoveryHandler/discoveryDetails"))
                .contains("tcp://mqtt.example:1883");
        assertThat(built)
                .flatExtracting(each -> each.tree().findValuesAsText("image"))
                .containsExactlyInAnyOrder(
                        "registry.example/akri-mqtt-discovery-handler:0.1.0",
                        "registry.example/akri-mqtt-monitoring-broker:0.1.0");
    }

    private static String kustomized(Path kubectl, Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(kubectl.toString(), "kustomize", folder.toString()))
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
