package io.akrimqtt.helm;

import static io.akrimqtt.helm.Samples.PERSON;
import static io.akrimqtt.helm.Samples.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.admission.Admission;
import io.akrimqtt.helm.admission.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The table, with {@code authorizer} answered from a list of rights; whether a real one answers so, and within the limits of cost, is
 * for a real API server.
 */
class GateTest extends GateTable {

    private final Api api = new StandIn();

    @Override
    Api api() {
        return api;
    }

    @Test
    void names_of_discovery_properties_are_names_of_variables() {
        var property = List.of(Map.of("name", "mqtt-password", "value", "x"));
        var one = Json.with(
                configuration(Chart.NAMESPACE, "tbl-robots"),
                property,
                "spec",
                "discoveryHandler",
                "discoveryProperties");

        assertThat(api.admit(Request.create(PERSON, "configurations", one)).message())
                .contains("discoveryProperties (expected: letters");
    }

    /** It exists already, which is what the API server says then. */
    @Test
    void a_name_does_not_stand_in_its_own_way() {
        var ours = configuration(Chart.NAMESPACE, "tbl-robots");
        api.put(ours);

        assertThat(api.admit(Request.create(PERSON, "configurations", ours)).allowed())
                .isTrue();
    }

    @Test
    void a_closed_gate_knows_all_namespaces() {
        var closed = new Admission(Chart.rendered("gate: {closed: true, namespaces: [plant-1, plant-2]}")
                .objects());
        var elsewhere = configuration("plant-3", "tbl-robots");

        assertThat(closed.admit(Request.create(PERSON, "configurations", elsewhere))
                        .message())
                .isEqualTo(
                        "the gate of akri-mqtt: Configurations of this cluster do not live in this namespace (expected: plant-1,"
                                + " plant-2, the chart's gate.namespaces)");
        assertThat(closed.admit(Request.create(PERSON, "configurations", configuration("plant-2", "tbl-robots")))
                        .allowed())
                .isTrue();
        assertThat(closed.admit(Request.update(
                                PERSON, "configurations", elsewhere, Json.with(elsewhere, 2, "spec", "capacity")))
                        .allowed())
                .isTrue();
        assertThat(api.admit(Request.create(PERSON, "configurations", elsewhere))
                        .allowed())
                .isTrue();
    }

    @Test
    void our_names_are_in_values() {
        var standard = new Admission(Chart.rendered("").objects());

        assertThat(takesCredentials(standard, "mqtt")).isFalse();
        assertThat(takesCredentials(standard, "mqtt-table")).isTrue();
        assertThat(takesCredentials(StandIn.CHART, "mqtt-table")).isFalse();
        assertThat(takesCredentials(StandIn.CHART, "mqtt")).isTrue();
    }

    private static boolean takesCredentials(Admission admission, String handler) {
        var careless = Json.with(
                Json.with(configuration(Chart.NAMESPACE, "robots"), handler, "spec", "discoveryHandler", "name"),
                "password: x",
                "spec",
                "discoveryHandler",
                "discoveryDetails");
        return admission
                .admit(Request.create(PERSON, "configurations", careless))
                .allowed();
    }
}
