package io.akrimqtt.handler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.placement.Standing.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a move stands. */
class StandingTest {

    private static final String LAMP = "lamps/7";

    private final List<InstanceState> instances = new ArrayList<>();

    private ClusterState cluster(String... nodes) {
        return new ClusterState(
                true,
                instances,
                List.of(),
                List.of(nodes).stream()
                        .map(name -> new NodeState(name, true, true, Set.of()))
                        .toList());
    }

    private void instance(String name, String device, boolean terminating, Set<String> released, String... nodes) {
        var annotations = new HashMap<String, String>();
        released.forEach(node -> annotations.put(InstanceState.RELEASED + node, "now"));
        instances.add(new InstanceState(
                new ObjectRef("plant", name, name, "1"),
                "mqtt",
                "uid-mqtt",
                1,
                Map.of("MQTT_REPORTED_BY", "akri-mqtt", "MQTT_DEVICE_ID", device),
                true,
                List.of(nodes),
                Map.of(),
                annotations,
                Map.of(),
                List.of(),
                terminating,
                Map.of()));
    }

    private Standing standing() {
        return Standing.of(cluster("node-a", "node-b"), LAMP, "node-a");
    }

    @Test
    void a_device_waits_until_it_is_released() {
        instance("mqtt-1", LAMP, false, Set.of(), "node-a");
        assertThat(standing()).isEqualTo(new Standing(Phase.WAITING, "node-a"));

        instances.clear();
        instance("mqtt-1", LAMP, false, Set.of("node-a"), "node-a");
        assertThat(standing()).isEqualTo(new Standing(Phase.RELEASED, "node-a"));
    }

    @Test
    void of_two_configurations_both_have_to_be_released_and_to_leave() {
        instance("mqtt-1", LAMP, false, Set.of("node-a"), "node-a");
        instance("other-1", LAMP, false, Set.of(), "node-a");
        assertThat(standing().phase()).isEqualTo(Phase.WAITING);

        instances.clear();
        instance("mqtt-1", LAMP, false, Set.of("node-a"), "node-a");
        instance("other-1", LAMP, false, Set.of(), "node-b");
        assertThat(standing().phase()).isEqualTo(Phase.RELEASED);
    }

    @Test
    void it_has_left_when_its_instance_goes_and_has_arrived_when_another_node_has_it() {
        instance("mqtt-1", LAMP, true, Set.of("node-a"), "node-a");
        assertThat(standing()).isEqualTo(new Standing(Phase.LEFT, ""));

        instance("mqtt-1", LAMP, false, Set.of(), "node-b");
        assertThat(standing()).isEqualTo(new Standing(Phase.ARRIVED, "node-b"));
    }

    @Test
    void what_cannot_be_moved_is_said() {
        var falls = Rendezvous.winner(LAMP, Set.of("node-a", "node-b"));
        var other = falls.equals("node-a") ? "node-b" : "node-a";
        assertThat(refusal(other)).contains("it has no Instance");

        instance("mqtt-1", LAMP, false, Set.of(), other);
        assertThat(refusal(other)).isEmpty();
        assertThat(refusal(falls)).contains("it is on " + other + ", not on " + falls);
        assertThat(Standing.refusal(cluster(other), LAMP, other))
                .contains("there is no other node that is Ready and has a handler");

        instances.clear();
        instance("mqtt-1", LAMP, false, Set.of(), falls);
        assertThat(refusal(falls)).contains("it falls to " + falls + " itself: a move would only restart its workload");

        instances.clear();
        instance("mqtt-1", LAMP, false, Set.of(), "node-a", "node-b");
        assertThat(refusal(other)).contains("it is on node-a, node-b at once; one of them will let it go by itself");
    }

    private Optional<String> refusal(String from) {
        return Standing.refusal(cluster("node-a", "node-b"), LAMP, from);
    }
}
