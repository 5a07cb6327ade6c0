package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.handler.kubernetes.Rights;
import io.akrimqtt.helm.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
                .filter(each -> each.text("/subjects/0/name").equals("plant-akri-mqtt"))
                .flatMap(binding -> manifests.stream()
                        .filter(each -> each.kind().equals(binding.text("/roleRef/kind"))
                                && each.name().equals(binding.text("/roleRef/name"))
                                && each.text("/metadata/namespace").equals(binding.text("/metadata/namespace"))))
                .flatMap(RightsTest::rules)
                .toList();
    }

    private static Stream<Given> rules(Manifest role) {
        var where = role.kind().equals("ClusterRole") ? "cluster" : role.text("/metadata/namespace");
        var found = new ArrayList<Given>();
        for (var rule : role.at("/rules")) {
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

        assertThat(role.at("/rules")).hasSize(1);
        assertThat(role.texts("/rules/0/verbs")).containsExactly("get");
        assertThat(role.texts("/rules/0/resources")).containsExactly("secrets");
        assertThat(role.texts("/rules/0/resourceNames"))
                .containsExactly("plant-akri-mqtt-press-mqtt", "plant-b", "robots-mqtt");
        assertThat(Manifest.all(Chart.whole("configurations: []")))
                .noneMatch(each -> each.name().endsWith("-agent-secrets"));
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
