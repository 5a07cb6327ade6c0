package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.helm.Chart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an upgrade changes: as little as was asked for, and nothing that Kubernetes would refuse. */
class UpgradeTest {

    private static final String ROBOTS = """
            configurations:
              - name: robots
                details: {serverUrls: [tcp://mqtt.example], topics: [%s]}
                credentials: {mqtt: {username: akri, password: "%s"}}
            """;

    /** The objects that come ({@code +}), go ({@code -}) or change ({@code ~}, with the places). */
    private static List<String> difference(String before, String after) {
        return difference(Chart.whole(before), Chart.whole(after));
    }

    private static List<String> difference(Chart before, Chart after) {
        var was = objects(before);
        var is = objects(after);
        var ids = new TreeSet<>(was.keySet());
        ids.addAll(is.keySet());
        return ids.stream()
                .flatMap(id -> {
                    if (!is.containsKey(id)) {
                        return List.of("- " + id).stream();
                    }
                    if (!was.containsKey(id)) {
                        return List.of("+ " + id).stream();
                    }
                    var places = new TreeSet<String>();
                    places(was.get(id).tree(), is.get(id).tree(), "", places);
                    return places.stream().map(place -> "~ " + id + " " + place);
                })
                .toList();
    }

    private static Map<String, Manifest> objects(Chart chart) {
        return Manifest.all(chart).stream()
                .collect(Collectors.toMap(Manifest::id, Function.identity(), (_, b) -> b, TreeMap::new));
    }

    private static void places(JsonNode was, JsonNode is, String place, Set<String> found) {
        if (was.isObject() && is.isObject()) {
            var keys = new TreeSet<String>();
            was.fieldNames().forEachRemaining(keys::add);
            is.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> places(was.path(key), is.path(key), place + "/" + key, found));
        } else if (was.isArray() && is.isArray() && was.size() == is.size()) {
            for (int i = 0; i < was.size(); i++) {
                places(was.get(i), is.get(i), place + "/" + i, found);
            }
        } else if (!was.equals(is)) {
            found.add(place);
        }
    }

    @Test
    void edited_details_change_one_configuration() {
        assertThat(difference(ROBOTS.formatted("robots/+/joints", "a"), ROBOTS.formatted("arms/+/joints", "a")))
                .containsExactly("~ Configuration robots /spec/discoveryHandler/discoveryDetails");
    }

    @Test
    void without_the_guard_edited_details_make_another_configuration() {
        var off = "guard: {enabled: false}\n";

        assertThat(difference(
                        off + ROBOTS.formatted("robots/+/joints", "a"), off + ROBOTS.formatted("arms/+/joints", "a")))
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).startsWith("- Configuration robots-"),
                        each -> assertThat(each).startsWith("+ Configuration robots-"),
                        each -> assertThat(each)
                                .isEqualTo(
                                        "~ NetworkPolicy plant-akri-mqtt-workloads /spec/podSelector/matchExpressions/0/values/0"));
    }

    @Test
    void a_new_password_changes_the_secret_and_restarts_nothing() {
        assertThat(difference(ROBOTS.formatted("robots/+/joints", "a"), ROBOTS.formatted("robots/+/joints", "b")))
                .containsExactly("~ Secret plant-akri-mqtt-robots-mqtt /data/password");
    }

    @Test
    void another_image_of_the_handler_changes_its_pods_and_no_configuration() {
        assertThat(difference(
                        ROBOTS.formatted("a/+/b", "a"),
                        "handler: {image: {tag: 0.2.0}}\n" + ROBOTS.formatted("a/+/b", "a")))
                .containsExactly("~ DaemonSet plant-akri-mqtt /spec/template/spec/containers/0/image");
    }

    @Test
    void a_configuration_comes_with_its_secret_and_with_agents_right_to_it() {
        assertThat(difference("", ROBOTS.formatted("a/+/b", "a")))
                .containsExactly(
                        "+ Configuration robots",
                        "+ NetworkPolicy plant-akri-mqtt-workloads",
                        "+ Role plant-akri-mqtt-agent-secrets",
                        "+ RoleBinding plant-akri-mqtt-agent-secrets",
                        "+ Secret plant-akri-mqtt-robots-mqtt");
    }

    /** Labels of everything, the images of pods, and nothing else: selectors above all. */
    @Test
    void another_version_of_the_chart_changes_labels_and_images() {
        var values = Scenario.named("credentials").values();
        var labels = "/metadata/labels/(app.kubernetes.io/version|helm.sh/chart)";
        var images = "/spec/(template/spec|brokerSpec/brokerPodSpec)/containers/0/image";

        assertThat(difference(Chart.whole(values), Chart.version("0.2.0", values)))
                .hasSizeGreaterThan(20)
                .allMatch(each -> each.matches("~ \\w+ \\S+ (" + labels + "|" + images + ")"))
                .anyMatch(each -> each.startsWith("~ DaemonSet") && each.endsWith("/image"));
    }

    /** A DaemonSet's selector, a Service's address and a binding's role can never be changed. */
    @Test
    void no_value_changes_what_kubernetes_does_not_let_change() {
        var fixed = List.of("/spec/selector", "/spec/clusterIP", "/roleRef");

        assertThat(difference("", Scenario.named("closed").values()))
                .isNotEmpty()
                .noneMatch(each -> fixed.stream().anyMatch(each::contains));
    }
}
