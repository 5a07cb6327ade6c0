package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.handler.kubernetes.Rights;
import io.akrimqtt.helm.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rights that are given are the ones that are used, no more and no fewer. */
class RightsTest {

    /** One verb, and where it is given: in the cluster, or in a namespace. */
    private record Given(String where, String group, String resource, String verb) {}

    private static Stream<Given> used(String elsewhere) {
        return Rights.ALL.stream()
                .flatMap(right -> right.verbs().stream()
                        .map(verb -> new Given(
                                !right.everywhere() ? Chart.NAMESPACE : reads(verb) ? "cluster" : elsewhere,
                                right.group(),
                                right.resource(),
                                verb)));
    }

    private static boolean reads(String verb) {
        return List.of("get", "list", "watch").contains(verb);
    }

    /** What the handler's account is given by all roles that are bound to it. */
    private static List<Given> given(Chart chart) {
        var manifests = Manifest.all(chart);
        return manifests.stream()
                .filter(each -> each.kind().endsWith("RoleBinding"))
                .filter(each -> StreamSupport.stream(each.at("/subjects").spliterator(), false)
                        .anyMatch(RightsTest::means))
                .flatMap(binding -> manifests.stream()
                        .filter(each -> each.kind().equals(binding.text("/roleRef/kind"))
                                && each.name().equals(binding.text("/roleRef/name"))
                                && each.text("/metadata/namespace").equals(binding.text("/metadata/namespace"))))
                .flatMap(RightsTest::rules)
                .toList();
    }

    /** The handler's account, or something that it is among. */
    private static boolean means(JsonNode subject) {
        return subject.path("kind").asText().equals("Group")
                || subject.path("name").asText().equals("plant-akri-mqtt")
                || subject.path("name").asText().endsWith(":plant-akri-mqtt");
    }

    private static Stream<Given> rules(Manifest role) {
        var where = role.kind().equals("ClusterRole") ? "cluster" : role.text("/metadata/namespace");
        var found = new ArrayList<Given>();
        for (var rule : role.at("/rules")) {
            assertThat(rule.has("nonResourceURLs")).as(role.id()).isFalse();
            for (var group : rule.path("apiGroups")) {
                for (var resource : rule.path("resources")) {
                    for (JsonNode verb : rule.path("verbs")) {
                        found.add(new Given(where, group.asText(), resource.asText(), verb.asText()));
                    }
                }
            }
        }
        return found.stream();
    }

    @Test
    void the_handler_may_do_what_it_does_and_nothing_else() {
        assertThat(given(Chart.whole("")))
                .containsExactlyInAnyOrderElementsOf(used("cluster").toList());
    }

    @Test
    void where_configurations_live_in_known_namespaces_it_writes_in_these_alone() {
        var closed = Chart.whole("gate: {closed: true, namespaces: [hall, yard]}");

        assertThat(given(closed))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(used("hall"), used("yard")).distinct().toList());
    }

    @Test
    void a_gate_that_is_not_there_closes_nothing() {
        var open = Chart.whole("gate: {enabled: false, closed: true, namespaces: [hall]}");

        assertThat(given(open))
                .containsExactlyInAnyOrderElementsOf(used("cluster").toList());
    }

    @Test
    void without_kubernetes_it_has_no_rights_and_no_token() {
        var off = Chart.whole("handler: {kubernetes: {mode: 'off'}}");

        assertThat(given(off)).isEmpty();
        assertThat(Manifest.only(off, "DaemonSet")
                        .at("/spec/template/spec/automountServiceAccountToken")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void agents_may_get_the_secrets_of_configurations_and_no_others() {
        var role = Manifest.all(Scenario.named("credentials").chart()).stream()
                .filter(each -> each.id().equals("Role plant-akri-mqtt-agent-secrets"))
                .findFirst()
                .orElseThrow();

        assertThat(role.at("/rules")).hasSize(2);
        assertThat(role.texts("/rules/0/verbs")).containsExactly("get");
        assertThat(role.texts("/rules/0/resources")).containsExactly("configmaps");
        assertThat(role.texts("/rules/0/resourceNames")).containsExactly("further");
        assertThat(role.texts("/rules/1/verbs")).containsExactly("get");
        assertThat(role.texts("/rules/1/resources")).containsExactly("secrets");
        assertThat(role.texts("/rules/1/resourceNames"))
                .containsExactly("plant-akri-mqtt-press-mqtt", "plant-b", "robots-mqtt");
        assertThat(Manifest.all(Chart.whole("configurations: []")))
                .noneMatch(each -> each.name().endsWith("-agent-secrets"));
    }

    /** All that the agent of a Configuration reads, wherever it is: without the right nothing is discovered, and only the agent's log says so. */
    @Test
    void what_further_properties_name_may_be_read_where_it_is() {
        var chart = Chart.whole("""
                configurations:
                  - name: robots
                    details: {serverUrls: [tcp://mqtt.example], topics: [a/+/b]}
                    discoveryProperties:
                      - {name: plain, value: x}
                      - {name: a, valueFrom: {secretKeyRef: {name: a, namespace: hall, key: k}}}
                      - {name: b, valueFrom: {secretKeyRef: {name: a, namespace: hall, key: l}}}
                      - {name: c, valueFrom: {configMapKeyRef: {name: c, namespace: yard, key: k}}}
                """);

        assertThat(readable(chart))
                .containsExactlyInAnyOrder("hall secrets [\"a\"] [\"get\"]", "yard configmaps [\"c\"] [\"get\"]");
        assertThat(Manifest.all(chart).stream()
                        .filter(each -> each.id().equals("RoleBinding plant-akri-mqtt-agent-secrets")))
                .extracting(each -> each.text("/metadata/namespace"))
                .containsExactlyInAnyOrder("hall", "yard");
    }

    /** What all Configurations of all scenarios name, and nothing else. */
    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void agents_may_read_exactly_what_configurations_name(Scenario scenario) {
        var named = Manifest.all(scenario.chart()).stream()
                .filter(each -> each.kind().equals("Configuration"))
                .flatMap(each -> StreamSupport.stream(
                        each.at("/spec/discoveryHandler/discoveryProperties").spliterator(), false))
                .flatMap(each -> Stream.of("secret", "configMap")
                        .map(kind -> each.at("/valueFrom/" + kind + "KeyRef"))
                        .filter(JsonNode::isObject)
                        .map(reference -> reference.path("namespace").asText() + "/"
                                + reference.path("name").asText()))
                .distinct();
        var given = Manifest.all(scenario.chart()).stream()
                .filter(each -> each.id().equals("Role plant-akri-mqtt-agent-secrets"))
                .flatMap(role -> StreamSupport.stream(role.at("/rules").spliterator(), false)
                        .flatMap(rule ->
                                StreamSupport.stream(rule.path("resourceNames").spliterator(), false))
                        .map(name -> role.text("/metadata/namespace") + "/" + name.asText()));

        assertThat(given.toList()).containsExactlyInAnyOrderElementsOf(named.toList());
    }

    private static List<String> readable(Chart chart) {
        return Manifest.all(chart).stream()
                .filter(each -> each.id().equals("Role plant-akri-mqtt-agent-secrets"))
                .flatMap(role -> StreamSupport.stream(role.at("/rules").spliterator(), false)
                        .map(rule -> role.text("/metadata/namespace") + " "
                                + rule.path("resources").path(0).asText() + " " + rule.path("resourceNames") + " "
                                + rule.path("verbs")))
                .toList();
    }

    @Test
    void agents_are_those_of_akris_namespace_and_whoever_is_named() {
        var binding = Manifest.all(Chart.whole("""
                        akri: {agent: {namespace: edge, serviceAccount: agents, users: ["jane"]}}
                        configurations:
                          - name: robots
                            details: {serverUrls: [tcp://mqtt.example], topics: [a/+/b]}
                            credentials: {mqtt: {secret: robots}}
                        """)).stream()
                .filter(each -> each.id().equals("RoleBinding plant-akri-mqtt-agent-secrets"))
                .findFirst()
                .orElseThrow();

        assertThat(binding.at("/subjects").toString())
                .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"agents\",\"namespace\":\"edge\"},"
                        + "{\"kind\":\"User\",\"name\":\"jane\",\"apiGroup\":\"rbac.authorization.k8s.io\"}]");
    }
}
