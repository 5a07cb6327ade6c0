package io.akrimqtt.helm;

import static io.akrimqtt.helm.Samples.AGENT;
import static io.akrimqtt.helm.Samples.instance;
import static io.akrimqtt.helm.Samples.user;
import static io.akrimqtt.helm.Samples.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard: an agent takes an Instance of ours off a node only after the handler released it there. */
abstract class GuardTable {

    abstract Api api();

    @ParameterizedTest(name = "{0} deletes an Instance on {1}, released on {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    agent             | rack-a        | -               | refused
                    agent             | rack-a        | rack-a          | allowed
                    agent             | rack-a        | rack-b          | refused
                    agent             | rack-a rack-b | -               | refused
                    agent             | rack-a rack-b | rack-a          | refused
                    agent             | rack-a rack-b | rack-a rack-b   | allowed
                    agent             | -             | -               | allowed
                    controller        | rack-a        | -               | allowed
                    garbage collector | rack-a        | -               | allowed
                    person            | rack-a        | -               | allowed
                    """)
    void deletes(String who, String nodes, String released, String verdict) {
        var before = instance(words(nodes), words(released));

        assertThat(word(api().admit(Request.delete(user(who), "instances", before))))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} changes nodes {1} to {2}, released on {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
                    agent             | rack-a rack-b | rack-b               | -             | refused
                    agent             | rack-a rack-b | rack-b               | rack-a        | allowed
                    agent             | rack-a rack-b | rack-b               | rack-b        | refused
                    agent             | rack-a rack-b | -                    | rack-a        | refused
                    agent             | rack-a rack-b | -                    | rack-a rack-b | allowed
                    agent             | rack-a        | -                    | -             | refused
                    agent             | rack-a        | -                    | rack-a        | allowed
                    agent             | rack-a        | rack-b               | -             | refused
                    agent             | rack-a        | rack-a rack-b        | -             | allowed
                    agent             | rack-a rack-b | rack-b rack-a        | -             | allowed
                    agent             | -             | rack-a               | -             | allowed
                    controller        | rack-a        | -                    | -             | allowed
                    garbage collector | rack-a        | -                    | -             | allowed
                    person            | rack-a        | -                    | -             | allowed
                    handler@rack-a    | rack-a rack-b | rack-b               | -             | refused
                    handler@rack-a    | rack-a rack-b | rack-b               | rack-a        | allowed
                    handler@rack-a    | rack-a rack-b | rack-a               | -             | allowed
                    handler@rack-b    | rack-a rack-b | rack-b               | -             | allowed
                    handler           | rack-a rack-b | rack-b               | -             | allowed
                    """)
    void takes_off(String who, String before, String after, String released, String verdict) {
        var request = Request.update(
                user(who),
                "instances",
                instance(words(before), words(released)),
                instance(words(after), words(released)));

        assertThat(word(api().admit(request))).isEqualTo(verdict);
    }

    @Test
    void says_what_it_keeps_where_and_why() {
        var verdict = api().admit(Request.delete(
                AGENT, "instances", instance(List.of("rack-a", "rack-b", "rack-c"), List.of("rack-b"))));

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        false,
                        "plant-akri-mqtt-guard",
                        "Forbidden",
                        "the guard of akri-mqtt keeps Instance robots-4294ea on rack-a, rack-c: the MQTT discovery handler has not"
                                + " released it there (annotation released.akri-mqtt.io/<node>)"));
    }

    @Test
    void a_release_does_not_come_with_the_request_that_uses_it() {
        var before = instance(List.of("rack-a", "rack-b"), List.of());
        var after = instance(List.of("rack-b"), List.of("rack-a"));

        assertThat(api().admit(Request.update(AGENT, "instances", before, after))
                        .message())
                .contains("keeps Instance robots-4294ea on rack-a");
    }

    @Test
    void an_agent_does_not_release() {
        var before = instance(List.of("rack-a"), List.of());
        var after = instance(List.of("rack-a"), List.of("rack-a"));

        assertThat(api().admit(Request.update(AGENT, "instances", before, after))
                        .message())
                .contains("does not release");
        assertThat(api().admit(Request.update(user("handler@rack-a"), "instances", before, after))
                        .allowed())
                .isTrue();
    }

    @Test
    void an_agent_may_take_a_release_off_and_touch_anything_else() {
        var before = instance(List.of("rack-a"), List.of("rack-a"));
        var after = Json.with(instance(List.of("rack-a"), List.of()), 7, "spec", "capacity");

        assertThat(api().admit(Request.update(AGENT, "instances", before, after))
                        .allowed())
                .isTrue();
    }

    @Test
    void an_agent_does_not_take_the_mark_off() {
        var before = instance(List.of("rack-a"), List.of());
        var after = Json.without(before, "spec", "brokerProperties", "MQTT_REPORTED_BY");

        assertThat(api().admit(Request.update(AGENT, "instances", before, after))
                        .message())
                .contains("MQTT_REPORTED_BY");
    }

    @Test
    void what_is_terminating_goes() {
        var before = Json.with(
                instance(List.of("rack-a"), List.of()), "2026-11-20T10:00:00Z", "metadata", "deletionTimestamp");

        assertThat(api().admit(Request.delete(AGENT, "instances", before)).allowed())
                .isTrue();
        assertThat(api().admit(Request.update(
                                AGENT, "instances", before, Json.with(before, List.of(), "metadata", "finalizers")))
                        .allowed())
                .isTrue();
    }

    @Test
    void instances_of_others_go() {
        var ours = instance(List.of("rack-a"), List.of());

        for (var foreign : List.of(
                Json.with(ours, "akri-onvif", "spec", "brokerProperties", "MQTT_REPORTED_BY"),
                Json.without(ours, "spec", "brokerProperties", "MQTT_REPORTED_BY"),
                Json.with(ours, Map.of(), "spec", "brokerProperties"),
                Json.without(ours, "spec", "brokerProperties"))) {
            assertThat(api().admit(Request.delete(AGENT, "instances", foreign)).allowed())
                    .isTrue();
            assertThat(api().admit(Request.update(
                                    AGENT, "instances", foreign, Json.with(foreign, List.of(), "spec", "nodes")))
                            .allowed())
                    .isTrue();
        }
    }

    @Test
    void an_instance_without_nodes_is_no_error() {
        var none = Json.without(instance(List.of(), List.of()), "spec", "nodes");

        assertThat(api().admit(Request.delete(AGENT, "instances", none)).allowed())
                .isTrue();
        assertThat(api().admit(Request.update(AGENT, "instances", none, instance(List.of("rack-a"), List.of())))
                        .allowed())
                .isTrue();
        assertThat(api().admit(Request.update(AGENT, "instances", instance(List.of("rack-a"), List.of()), none))
                        .allowed())
                .isFalse();
    }

    private static String word(Verdict verdict) {
        return verdict.allowed() ? "allowed" : "refused";
    }
}
