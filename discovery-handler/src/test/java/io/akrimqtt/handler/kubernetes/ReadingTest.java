package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {

    private static GenericKubernetesResource read(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
    }

    @Test
    void an_instance_is_read_whole_but_for_what_others_annotate() {
        assertThat(Reading.instance(read(Objects.INSTANCE)))
                .isEqualTo(new InstanceState(
                        new ObjectRef("default", "line-700c11", "uid-1", "42"),
                        "line",
                        "conf-1",
                        2,
                        Map.of("MQTT_REPORTED_BY", "akri-mqtt", "MQTT_DEVICE_ID", "robots/r7"),
                        true,
                        List.of("node-a", "node-b"),
                        Map.of("line-700c11-0", "node-a", "line-700c11-1", ""),
                        Map.of("released.akri-mqtt.io/node-b", "2026-01-01T00:00:00Z"),
                        Map.of("akri-mqtt.io/device", "r7"),
                        List.of("node-a", "node-b"),
                        false,
                        Map.of("dp-node-a", Set.of("line-700c11-0"))));
    }

    @Test
    void an_instance_of_another_handler_is_kept_small() {
        var state = Reading.instance(read(Objects.INSTANCE.replace("akri-mqtt,", "somebody,")));

        assertThat(state.marked()).isFalse();
        assertThat(state.properties()).isEmpty();
        assertThat(state.deviceUsage()).isEmpty();
        assertThat(state.nodes()).containsExactly("node-a", "node-b");
    }

    @Test
    void a_deletion_time_means_terminating() {
        var yaml = Objects.INSTANCE.replace("  uid: uid-1", "  uid: uid-1\n  deletionTimestamp: 2026-01-01T00:00:00Z");

        assertThat(Reading.instance(read(yaml)).terminating()).isTrue();
    }

    @Test
    void an_instance_with_nothing_in_it_is_one() {
        var bare = "apiVersion: akri.sh/v0\nkind: Instance\nmetadata: {name: x-1, namespace: n}\n";

        assertThat(Reading.instance(read(bare)).marked()).isFalse();
        assertThat(Reading.instance(read(bare + "spec: null\n")).nodes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: [node-a, node-b]|nodes: node-a|spec.nodes: 'node-a' (expected: a list of texts)",
                "nodes: [node-a, node-b]|nodes: [7]|spec.nodes: '7' (expected: a list of texts)",
                "capacity: 2|capacity: two|spec.capacity: 'two' (expected: a whole number from 0 to 1000000)",
                "capacity: 2|capacity: -1|spec.capacity: '-1' (expected: a whole number from 0 to 1000000)",
                "shared: true|shared: maybe|spec.shared: 'maybe' (expected: true or false)",
                "configurationName: line|configurationName: [line]|spec.configurationName: '[line]' (expected: a text)",
                "MQTT_DEVICE_ID: robots/r7|MQTT_DEVICE_ID: 7|spec.brokerProperties.MQTT_DEVICE_ID: '7' (expected: a text)",
            })
    void an_object_of_another_form_is_told_with_its_place(String right, String wrong, String told) {
        var resource = read(Objects.INSTANCE.replace(right, wrong));

        assertThatThrownBy(() -> Reading.instance(resource))
                .isInstanceOf(MalformedObject.class)
                .hasMessage(told.replace(
                        "spec.nodes: 'node-a' (expected: a list of texts)", "spec.nodes: 'node-a' (expected: a list)"));
    }

    @Test
    void a_configuration_of_ours_is_read_with_its_details() {
        assertThat(Reading.configuration(read(Objects.CONFIGURATION), "mqtt"))
                .isEqualTo(new ConfigurationState(
                        new ObjectRef("default", "line", "conf-1", ""),
                        3,
                        "mqtt",
                        "serverUrls: tcp://h:1883",
                        Map.of("A", "b"),
                        1,
                        Map.of("akri-mqtt.io/touched", "2026-01-01T00:00:00Z"),
                        false));
    }

    @Test
    void the_details_of_another_handler_are_not_kept() {
        var state = Reading.configuration(read(Objects.CONFIGURATION), "mqtt-b");

        assertThat(state.handler()).isEqualTo("mqtt");
        assertThat(state.details()).isEmpty();
    }

    @Test
    void a_node_is_ready_by_that_condition_alone_and_ours_tells_its_resources() {
        var ready = read(Objects.NODE.replace("NAME", "node-a").replace("READY", "True"));
        var unknown = read(Objects.NODE.replace("NAME", "node-a").replace("READY", "Unknown"));

        assertThat(Reading.node(ready, "node-a"))
                .isEqualTo(new NodeState("node-a", true, false, Set.of("akri.sh/line-700c11")));
        assertThat(Reading.node(unknown, "node-b")).isEqualTo(new NodeState("node-a", false, false, Set.of()));
    }

    @Test
    void a_node_is_cordoned_where_it_takes_no_new_pods() {
        var text = Objects.NODE.replace("NAME", "node-a").replace("READY", "True");
        var cordoned = text + "spec: {unschedulable: true}\n";

        assertThat(Reading.node(read(text), "node-a").cordoned()).isFalse();
        assertThat(Reading.node(read(cordoned), "node-a").cordoned()).isTrue();
    }

    @Test
    void an_endpoint_is_ready_unless_it_says_no() {
        assertThat(Reading.readyNodes(read(Objects.SLICE))).containsExactlyInAnyOrder("node-a", "node-c");
    }
}
