package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.akrimqtt.helm.Chart;
import io.akrimqtt.messaging.testing.MetricsContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana asks for what is there, and PodMonitors look where it is. */
class DashboardTest {

    private static final Path FILE = Path.of("akri-mqtt/dashboards/akri-mqtt.json");

    /** What is no metric: functions, words and labels that Prometheus and its operator add. */
    private static final Set<String> PROMQL = Set.of(
            "sum",
            "max",
            "count",
            "quantile",
            "rate",
            "increase",
            "histogram_quantile",
            "by",
            "on",
            "group_left",
            "label_values");

    private static final Set<String> ADDED =
            Set.of("namespace", "pod", "akri_sh_configuration", "akri_sh_instance", "le");

    private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /** Without what stands in quotation marks, and what Grafana puts in. */
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]");

    private final JsonNode dashboard = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private List<String> queries() {
        var queries = new ArrayList<String>();
        items(dashboard.path("panels"))
                .flatMap(panel -> items(panel.path("targets")))
                .forEach(target -> queries.add(target.path("expr").asText()));
        items(dashboard.at("/templating/list"))
                .filter(variable -> variable.path("type").asText().equals("query"))
                .forEach(variable -> queries.add(variable.at("/query/query").asText()));
        return queries;
    }

    /** What a metric is called in queries. */
    private static Set<String> series(MetricsContract.Metric metric) {
        return switch (metric.type()) {
            case "histogram" -> Set.of(metric.name() + "_bucket", metric.name() + "_sum", metric.name() + "_count");
            case "summary" -> Set.of(metric.name() + "_sum", metric.name() + "_count");
            default -> Set.of(metric.name());
        };
    }

    @Test
    void every_query_asks_for_metrics_and_labels_of_the_contract() {
        var series = new HashSet<String>();
        var labels = new HashSet<>(ADDED);
        MetricsContract.all().metrics().values().forEach(metric -> {
            series.addAll(series(metric));
            labels.addAll(metric.labels().keySet());
        });

        assertThat(queries()).hasSizeGreaterThan(30).allSatisfy(query -> {
            var words = new TreeSet<String>();
            WORD.matcher(QUOTED.matcher(query).replaceAll("")).results().forEach(word -> words.add(word.group()));
            assertThat(words).as(query).anyMatch(series::contains);
            words.removeAll(PROMQL);
            words.removeAll(labels);
            words.removeAll(series);
            assertThat(words).as(query).isEmpty();
            assertThat(count(query, '(')).as(query).isEqualTo(count(query, ')'));
            assertThat(count(query, '{')).as(query).isEqualTo(count(query, '}'));
        });
    }

    private static long count(String text, char character) {
        return text.chars().filter(each -> each == character).count();
    }

    /** Rates of gauges and plain counters say nothing. */
    @Test
    void counters_and_only_they_are_asked_for_by_rate() {
        var rated = Pattern.compile("(?:rate|increase)\\(([a-z_]+)");
        var counting = new HashSet<String>();
        MetricsContract.all().metrics().values().stream()
                .filter(metric -> !metric.type().equals("gauge"))
                .forEach(metric -> counting.addAll(series(metric)));
        for (var query : queries()) {
            var found = new HashSet<String>();
            rated.matcher(query).results().forEach(each -> found.add(each.group(1)));
            assertThat(counting).as(query).containsAll(found);
            counting.stream()
                    .filter(name -> query.matches(".*\\b" + name + "\\b.*") && !query.startsWith("label_values"))
                    .forEach(name -> assertThat(found).as(query).contains(name));
        }
    }

    @Test
    void its_panels_have_places_of_their_own() {
        var ids = items(dashboard.path("panels"))
                .map(panel -> panel.path("id").asInt())
                .toList();
        var cells = new ArrayList<String>();
        items(dashboard.path("panels")).map(panel -> panel.path("gridPos")).forEach(at -> {
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    cells.add((at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y));
                }
            }
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
        });

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(25);
        assertThat(cells).doesNotHaveDuplicates();
    }

    @Test
    void the_chart_brings_it_as_it_is_where_the_sidecar_of_grafana_finds_it() throws IOException {
        var values = "dashboard: {enabled: true, namespace: monitoring, annotations: {grafana_folder: Akri}}";
        var map = Manifest.only(Chart.whole(values), "ConfigMap");

        assertThat(map.text("/metadata/namespace")).isEqualTo("monitoring");
        assertThat(map.at("/metadata/labels").path("grafana_dashboard").asText())
                .isEqualTo("1");
        assertThat(map.at("/metadata/annotations").path("grafana_folder").asText())
                .isEqualTo("Akri");
        assertThat(new ObjectMapper()
                        .readTree(map.at("/data").path("akri-mqtt.json").asText()))
                .isEqualTo(dashboard);
        assertThat(Manifest.all(Chart.whole(""))).noneMatch(each -> each.kind().equals("ConfigMap"));
    }

    @Test
    void pod_monitors_select_the_pods_and_name_a_port_that_they_have() {
        var all = Manifest.all(Chart.whole("""
            podMonitor: {enabled: true}
            configurations:
              - name: robots
                details: {serverUrls: [tcp://mqtt.example:1883], topics: [robots/+/joints]}
            """));
        var handler = named(all, "PodMonitor", "-handler");
        var workloads = named(all, "PodMonitor", "-workloads");
        var daemon = named(all, "DaemonSet", "");
        var configuration = named(all, "Configuration", "");

        handler.at("/spec/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(daemon.at("/spec/template/metadata/labels")
                                .path(label.getKey())
                                .asText())
                        .isEqualTo(label.getValue().asText()));
        assertThat(ports(daemon.at("/spec/template/spec"))).contains(endpoint(handler));
        // Akri labels the pods of a Configuration with its name, and with the Instance's.
        assertThat(workloads.texts("/spec/selector/matchExpressions/0/values")).containsExactly(configuration.name());
        assertThat(workloads.text("/spec/selector/matchExpressions/0/key")).isEqualTo("akri.sh/configuration");
        assertThat(workloads.texts("/spec/podTargetLabels")).contains("akri.sh/configuration", "akri.sh/instance");
        assertThat(ports(configuration.at("/spec/brokerSpec/brokerPodSpec"))).contains(endpoint(workloads));
    }

    private static Manifest named(List<Manifest> all, String kind, String suffix) {
        return all.stream()
                .filter(each -> each.kind().equals(kind) && each.name().endsWith(suffix))
                .findFirst()
                .orElseThrow();
    }

    /** No path is the usual one, {@code /metrics}, which is ours. */
    private static String endpoint(Manifest monitor) {
        var endpoint = monitor.at("/spec/podMetricsEndpoints/0");
        assertThat(endpoint.has("path")).isFalse();
        return endpoint.path("port").asText();
    }

    private static List<String> ports(JsonNode pod) {
        return items(pod.path("containers"))
                .flatMap(container -> items(container.path("ports")))
                .map(port -> port.path("name").asText())
                .toList();
    }
}
