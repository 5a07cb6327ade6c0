package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.helm.Chart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The values for Akri's own chart. That one is not here: what it knows of them is written down. */
class QuickstartTest {

    /** Of Akri 0.13 and 0.14. */
    private static final List<String> KNOWN = List.of(
            "/custom/configuration/enabled",
            "/custom/configuration/name",
            "/custom/configuration/discoveryHandlerName",
            "/custom/configuration/discoveryDetails",
            "/custom/configuration/capacity",
            "/custom/configuration/brokerPod/image/repository",
            "/custom/configuration/brokerPod/image/tag",
            "/custom/configuration/brokerPod/resources/memoryRequest",
            "/custom/configuration/brokerPod/resources/cpuRequest",
            "/custom/configuration/brokerPod/resources/memoryLimit",
            "/custom/configuration/brokerPod/resources/cpuLimit",
            "/custom/configuration/createInstanceServices",
            "/custom/configuration/createConfigurationService",
            "/custom/discovery/enabled",
            "/agent/resources/memoryRequest",
            "/agent/resources/cpuRequest",
            "/agent/resources/memoryLimit",
            "/agent/resources/cpuLimit",
            "/cleanupHook/enabled");

    private static final JsonNode VALUES =
            Manifest.read(Golden.read(Path.of("akri-quickstart-values.yaml")), new TypeReference<JsonNode>() {});

    private static Stream<String> places(JsonNode node, String at) {
        return node.isObject()
                ? node.properties().stream().flatMap(each -> places(each.getValue(), at + "/" + each.getKey()))
                : Stream.of(at);
    }

    @Test
    void they_are_values_that_akris_chart_knows() {
        assertThat(places(VALUES, "")).containsExactlyInAnyOrderElementsOf(KNOWN);
    }

    @Test
    void the_handler_takes_the_details_and_is_the_one_that_is_named() {
        var configuration = VALUES.at("/custom/configuration");
        var beside = Manifest.only(Chart.whole("configurations: []"), "DaemonSet");

        assertThat(DetailsParser.parse(
                        "discoveryDetails",
                        configuration.path("discoveryDetails").asText()))
                .isInstanceOf(DetailsResult.Checked.class);
        assertThat(PodEnvironment.of(beside.at("/spec/template/spec/containers/0"), Map.of()))
                .containsEntry(
                        "AKRI_MQTT_HANDLER_NAME",
                        configuration.path("discoveryHandlerName").asText());
    }

    /** Akri's chart writes them without quotes, and Akri's programs read a quantity that is a number as a broken Configuration. */
    @Test
    void no_quantity_is_a_number_once_it_is_written_without_quotes() {
        assertThat(VALUES.findValues("resources"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each)
                        .allSatisfy(quantity -> assertThat(quantity.asText()).matches("[0-9]+(m|Mi)")));
    }

    @Test
    void there_is_no_handler_but_ours_and_nothing_deletes_all_configurations() {
        assertThat(VALUES.at("/custom/discovery/enabled").asBoolean(true)).isFalse();
        assertThat(VALUES.at("/cleanupHook/enabled").asBoolean(true)).isFalse();
    }
}
