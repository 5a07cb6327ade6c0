package io.akrimqtt.helm;

import static io.akrimqtt.helm.Samples.AGENT;
import static io.akrimqtt.helm.Samples.HANDLER;
import static io.akrimqtt.helm.Samples.PERSON;
import static io.akrimqtt.helm.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.admission.Admission;
import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Request.User;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table, and what a real API server does not let anybody store. */
class GuardTest extends GuardTable {

    private final Api api = new StandIn();

    @Override
    Api api() {
        return api;
    }

    @Test
    void a_handler_finds_out_by_its_own_node_alone() {
        var guard = new Admission(Chart.rendered("{gate: {enabled: false}, fence: {enabled: false}}")
                .objects());
        var delete = instance(List.of("rack-a"), List.of());

        assertThat(guard.admit(Request.delete(HANDLER.on("rack-a"), "instances", delete))
                        .allowed())
                .isFalse();
        assertThat(guard.admit(Request.delete(HANDLER.on("rack-b"), "instances", delete))
                        .allowed())
                .isTrue();
        assertThat(guard.admit(Request.delete(HANDLER, "instances", delete)).allowed())
                .isTrue();
    }

    @Test
    void an_instance_without_spec_goes() {
        var none = Json.without(instance(List.of(), List.of()), "spec");

        assertThat(api.admit(Request.delete(AGENT, "instances", none)).allowed())
                .isTrue();
    }

    @Test
    void an_error_stops_agents_only() {
        var broken = Json.with(instance(List.of(), List.of()), 7, "spec", "nodes");

        assertThat(api.admit(Request.delete(AGENT, "instances", broken)).message())
                .contains("resulted in error");
        assertThat(api.admit(Request.delete(PERSON, "instances", broken)).allowed())
                .isTrue();
    }

    @Test
    void other_agents_are_named_in_values() {
        var delete = Request.delete(
                User.named("system:serviceaccount:edge:agent"), "instances", instance(List.of("rack-a"), List.of()));
        var named = new Admission(Chart.rendered("akri: {agent: {users: ['system:serviceaccount:edge:agent']}}")
                .objects());
        var renamed = new Admission(
                Chart.rendered("akri: {agent: {serviceAccount: agent}}").objects());

        assertThat(api.admit(delete).allowed()).isTrue();
        assertThat(named.admit(delete).allowed()).isFalse();
        assertThat(renamed.admit(delete).allowed()).isFalse();
    }

    @Test
    void the_handler_is_named_in_values() {
        var handler = User.named("system:serviceaccount:edge:mqtt").on("rack-a");
        var probe = Request.update(
                handler, "instances", instance(List.of("rack-a"), List.of()), instance(List.of(), List.of()));
        var named = new Admission(Chart.rendered("handler: {serviceAccount: {name: mqtt, namespace: edge}}")
                .objects());

        assertThat(api.admit(probe).allowed()).isTrue();
        assertThat(named.admit(probe).policy()).isEqualTo("plant-akri-mqtt-guard");
    }
}
