package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.helm.Chart;
import io.akrimqtt.helm.admission.Admission;
import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Request.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations are as the handler, the gate and Akri's names want them. */
class ConfigurationTest {

    private static final User INSTALLER = User.named("jane@example.com")
            .reading(
                    "secrets/mqtt/plant-akri-mqtt-robots-mqtt",
                    "secrets/mqtt/plant-akri-mqtt-press-mqtt",
                    "secrets/mqtt/robots-mqtt",
                    "secrets/mqtt/plant-b",
                    "configmaps/mqtt/further");

    private static Stream<Manifest> configurations(Chart chart) {
        return Manifest.all(chart).stream().filter(each -> each.kind().equals("Configuration"));
    }

    private static DetailsResult details(Manifest configuration) {
        return DetailsParser.parse("discoveryDetails", configuration.text("/spec/discoveryHandler/discoveryDetails"));
    }

    private static Manifest named(Chart chart, String name) {
        return configurations(chart)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void the_handler_takes_their_details(Scenario scenario) {
        assertThat(configurations(scenario.chart()))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(details(each)).isInstanceOf(DetailsResult.Checked.class));
    }

    /** Everything that docs/configuration.md shows gets through the schema, and through Helm's way with numbers. */
    @Test
    void all_that_is_supported_can_be_written() {
        var document = Golden.read(Path.of("../docs/configuration.md"));
        var rest = document.substring(document.indexOf("Everything that is supported"));
        var yaml = rest.substring(rest.indexOf("```yaml\n") + 8, rest.indexOf("\n```\n"));
        var chart = Chart.whole("configurations:\n  - name: all\n    details:\n" + yaml.indent(6));

        var configuration = Manifest.only(chart, "Configuration");
        assertThat(details(configuration)).isInstanceOf(DetailsResult.Checked.class);
        var text = configuration.text("/spec/discoveryHandler/discoveryDetails");
        assertThat(Manifest.read(text, new TypeReference<Map<String, Object>>() {}))
                .isEqualTo(Manifest.read(yaml, new TypeReference<Map<String, Object>>() {}));
    }

    /** Else Helm would refuse what the handler takes. */
    @Test
    void each_key_of_the_details_that_is_told_of_is_in_the_schema() {
        var document = Golden.read(Path.of("../docs/configuration.md"));
        var table = document.substring(document.indexOf("## discoveryDetails"), document.indexOf("### serverUrls"));
        var keys = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\|")
                .matcher(table)
                .results()
                .map(each -> each.group(1))
                .toList();
        var schema = Manifest.read(
                        Golden.read(Path.of("akri-mqtt/values.schema.json")), new TypeReference<JsonNode>() {})
                .at("/properties/configurations/items/properties/details/then");

        assertThat(keys)
                .hasSizeGreaterThan(25)
                .allSatisfy(key -> assertThat(schema.at("/properties/" + key.replace(".", "/properties/"))
                                .isMissingNode())
                        .as(key)
                        .isFalse());
    }

    @Test
    void text_stays_text_even_where_it_is_indented() {
        var chart = Chart.whole("""
                configurations:
                  - name: robots
                    details: "  serverUrls: ['tcp://mqtt.example']\\n  topics: [robots/+/joints]\\n"
                """);

        assertThat(Manifest.only(chart, "Configuration").text("/spec/discoveryHandler/discoveryDetails"))
                .isEqualTo("  serverUrls: ['tcp://mqtt.example']\n  topics: [robots/+/joints]\n");
    }

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void the_gate_lets_them_in(Scenario scenario) {
        var chart = scenario.chart();
        var gate = new Admission(Chart.rendered("gate: {namespaces: [mqtt]}").objects());

        assertThat(configurations(chart))
                .allSatisfy(each -> assertThat(gate.admit(Request.create(INSTALLER, "configurations", each.asMap()))
                                .message())
                        .isEmpty());
    }

    @Test
    void credentials_go_by_reference_to_agents_and_as_files_to_workloads() {
        var robots = named(Scenario.named("credentials").chart(), "robots");

        assertThat(robots.at("/spec/discoveryHandler/discoveryProperties").findValuesAsText("name"))
                .contains("mqtt_username", "mqtt_password", "mqtt_ca", "plant_b_username", "plant_b_password")
                .noneMatch(name -> name.startsWith("workloads_"));
        assertThat(robots.at("/spec/discoveryHandler/discoveryProperties").findValuesAsText("namespace"))
                .hasSize(5)
                .containsOnly(Chart.NAMESPACE);
        assertThat(robots.at("/spec/brokerSpec/brokerPodSpec/volumes").findValuesAsText("secretName"))
                .containsExactly("robots-workloads");
    }

    @Test
    void credentials_stand_in_the_secret_alone() {
        var chart = Chart.whole("""
                configurations:
                  - name: robots
                    details: {serverUrls: [tcp://mqtt.example], topics: [robots/+/joints]}
                    credentials: {mqtt: {username: akri, password: "hunter2"}}
                """);

        assertThat(chart.text()).doesNotContain("hunter2");
        assertThat(Manifest.only(chart, "Secret").text("/data/password")).isEqualTo("aHVudGVyMg==");
    }

    @Test
    void services_bring_grpc_out_of_loopback_and_nothing_else_does() {
        var workloads = Scenario.named("workloads").chart();
        var pod = "/spec/brokerSpec/brokerPodSpec/containers/0/env";

        assertThat(named(workloads, "robots").at(pod).findValuesAsText("name")).contains("AKRI_MQTT_GRPC_LISTEN");
        assertThat(named(workloads, "robots").at("/spec/instanceServiceSpec").isMissingNode())
                .isTrue();
        assertThat(named(workloads, "robots")
                        .at("/spec/configurationServiceSpec/ports")
                        .findValuesAsText("port"))
                .containsExactly("6052", "8080");
        assertThat(Manifest.only(Scenario.named("standard").chart(), "Configuration")
                        .at(pod)
                        .findValuesAsText("name"))
                .doesNotContain("AKRI_MQTT_GRPC_LISTEN");
    }

    @Test
    void without_the_guard_names_change_with_the_details_and_with_nothing_else() {
        var values = """
                guard: {enabled: %s}
                configurations:
                  - name: robots
                    details: {serverUrls: [tcp://mqtt.example], topics: [%s]}
                    capacity: %s
                """;
        var names = Stream.of(List.of("robots/+/joints", 1), List.of("robots/+/joints", 2), List.of("arms/+/joints", 1))
                .map(each -> values.formatted(false, each.getFirst(), each.getLast()))
                .map(each -> Manifest.only(Chart.whole(each), "Configuration").name())
                .toList();

        assertThat(names).allMatch(name -> name.matches("robots-[0-9a-f]{6}"));
        assertThat(names.get(0)).isEqualTo(names.get(1)).isNotEqualTo(names.get(2));
        assertThat(Stream.of("a", "b")
                        .map(secret -> values.formatted(false, "robots/+/joints", 1)
                                + "    credentials: {mqtt: {secret: " + secret + "}}\n")
                        .map(each -> Manifest.only(Chart.whole(each), "Configuration")
                                .name())
                        .distinct())
                .as("agents read Secrets for a new request only")
                .hasSize(2)
                .doesNotContainAnyElementsOf(names);
        assertThat(Manifest.only(Chart.whole(values.formatted(true, "robots/+/joints", 1)), "Configuration")
                        .name())
                .isEqualTo("robots");
    }
}
