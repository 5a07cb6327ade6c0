package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.helm.Chart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's README tells all values, and its examples work. */
class ReadmeTest {

    private static final Path README = Path.of("akri-mqtt/README.md");
    private static final String FROM = "<!-- values: made of values.yaml -->\n";
    private static final String TO = "<!-- end of values -->\n";

    private static String values() {
        return Golden.read(Path.of("akri-mqtt/values.yaml"));
    }

    @Test
    void the_table_of_values_is_that_of_the_file() {
        var readme = Golden.read(README);
        int from = readme.indexOf(FROM) + FROM.length();

        Golden.same(
                README,
                readme.substring(0, from) + "\n" + ValuesTable.markdown(values()) + "\n"
                        + readme.substring(readme.indexOf(TO)));
    }

    @Test
    void every_value_is_explained() {
        assertThat(ValuesTable.rows(values()))
                .hasSizeGreaterThan(60)
                .allSatisfy(row -> assertThat(row.description()).as(row.key()).endsWith("."));
    }

    @Test
    void every_value_has_its_place_in_the_schema_and_the_other_way_round() {
        var schema =
                Manifest.read(Golden.read(Path.of("akri-mqtt/values.schema.json")), new TypeReference<JsonNode>() {});
        var defaults = Manifest.read(values(), new TypeReference<JsonNode>() {});

        assertThat(places(schema, "").filter(place -> !place.equals("/global")))
                .containsExactlyInAnyOrderElementsOf(
                        places(schema, defaults, "").toList());
    }

    private static Stream<String> places(JsonNode schema, String at) {
        return schema.path("properties").properties().stream().flatMap(each -> {
            var place = at + "/" + each.getKey();
            return each.getValue().has("properties") ? places(each.getValue(), place) : Stream.of(place);
        });
    }

    private static Stream<String> places(JsonNode schema, JsonNode defaults, String at) {
        return defaults.properties().stream().flatMap(each -> {
            var place = at + "/" + each.getKey();
            var known = schema.path("properties").path(each.getKey());
            return known.has("properties") ? places(known, each.getValue(), place) : Stream.of(place);
        });
    }

    @Test
    void its_examples_of_values_are_rendered() {
        var examples = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Golden.read(README))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(3).allSatisfy(example -> {
            var values = Manifest.read(example, new TypeReference<Map<String, Object>>() {});
            var configurations = (List<?>) values.getOrDefault("configurations", List.of());
            assertThat(Manifest.all(Chart.whole(example)).stream()
                            .filter(each -> each.kind().equals("Configuration")))
                    .hasSameSizeAs(configurations);
        });
    }
}
