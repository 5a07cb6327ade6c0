package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The quick start with Akri's own chart, where somebody has it: {@code AKRI_CHART} names its folder. */
@EnabledIfEnvironmentVariable(
        named = "AKRI_CHART",
        matches = ".+",
        disabledReason = "needs AKRI_CHART, the folder of Akri's chart (deployment/helm of project-akri/akri)")
class AkriChartTest {

    private static final Path VALUES = Path.of("akri-quickstart-values.yaml");

    /** What its templates honour, though its own values do not have it. */
    private static final List<String> HONOURED = List.of();

    private final Path chart = Path.of(String.valueOf(System.getenv("AKRI_CHART")));

    private List<Manifest> rendered() {
        return Manifest.all(new Helm(chart)
                .template()
                .withName("akri")
                .withNamespace("akri")
                .withValuesFile(VALUES)
                .set("custom.configuration.brokerPod.image.repository", "registry.example/akri-mqtt-monitoring-broker")
                .call());
    }

    private static JsonNode values(Path file) {
        return Manifest.read(Golden.read(file), new TypeReference<JsonNode>() {});
    }

    private static Stream<String> places(JsonNode node, String at) {
        return node.isObject()
                ? node.properties().stream().flatMap(each -> places(each.getValue(), at + "/" + each.getKey()))
                : Stream.of(at);
    }

    @Test
    void each_value_is_one_that_it_has() {
        var theirs = values(chart.resolve("values.yaml"));

        assertThat(places(values(VALUES), "").filter(each -> !HONOURED.contains(each)))
                .allSatisfy(place ->
                        assertThat(theirs.at(place).isMissingNode()).as(place).isFalse());
    }

    @Test
    void it_renders_one_configuration_for_our_handler_and_neither_a_handler_nor_a_clean_up() {
        var manifests = rendered();

        var configurations = manifests.stream()
                .filter(each -> each.kind().equals("Configuration"))
                .toList();
        assertThat(configurations).hasSize(1);
        CustomKinds.configuration(configurations.getFirst());
        assertThat(configurations.getFirst().text("/spec/discoveryHandler/name"))
                .isEqualTo("mqtt");
        assertThat(configurations.getFirst().at("/spec/brokerSpec/brokerPodSpec/containers/0/resources/limits"))
                .allSatisfy(quantity -> assertThat(quantity.isTextual()).isTrue());
        assertThat(manifests.stream().filter(each -> each.kind().equals("DaemonSet")))
                .extracting(Manifest::name)
                .containsExactly("akri-agent-daemonset");
        assertThat(manifests).noneMatch(each -> each.kind().equals("Job"));
    }
}
