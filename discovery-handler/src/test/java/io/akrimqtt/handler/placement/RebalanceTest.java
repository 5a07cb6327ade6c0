package io.akrimqtt.handler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Moves that are worth while. */
class RebalanceTest {

    private static final Set<String> THREE = Set.of("node-a", "node-b", "node-c");
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

    private void instance(String device, Map<String, String> more, boolean terminating, String... nodes) {
        var properties = new HashMap<>(Map.of("MQTT_REPORTED_BY", "akri-mqtt", "MQTT_DEVICE_ID", device));
        properties.putAll(more);
        instances.add(new InstanceState(
                new ObjectRef("plant", "mqtt-" + device, device, "1"),
                "mqtt",
                "uid-mqtt",
                1,
                properties,
                true,
                List.of(nodes),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                terminating,
                Map.of()));
    }

    private void hundredOn(String node) {
        for (int i = 0; i < 99; i++) {
            instance("lamps/" + i, Map.of(), false, node);
        }
    }

    @Test
    void a_full_node_gives_to_empty_ones_what_falls_to_them() {
        hundredOn("node-a");

        var moves = Rebalance.moves(cluster("node-a", "node-b", "node-c"), 1000);

        assertThat(moves).hasSizeBetween(45, 75).allSatisfy(move -> {
            assertThat(move.from()).isEqualTo("node-a");
            assertThat(move.to()).isNotEqualTo("node-a").isEqualTo(Rendezvous.winner(move.device(), THREE));
        });
        assertThat(moves).doesNotHaveDuplicates();
    }

    private ClusterState cordoned(Set<String> cordoned) {
        return new ClusterState(
                true,
                instances,
                List.of(),
                THREE.stream()
                        .map(name -> new NodeState(name, true, true, Set.of(), cordoned.contains(name)))
                        .toList());
    }

    @Test
    void a_node_that_takes_no_new_pods_gives_all_away_and_gets_nothing() {
        instance("press/1", Map.of(), false, "node-a");
        instance("press/2", Map.of(), false, "node-a");
        hundredOn("node-b");

        var moves = Rebalance.moves(cordoned(Set.of("node-a")), 1000);

        assertThat(moves)
                .filteredOn(move -> move.from().equals("node-a"))
                .extracting(Rebalance.Move::device)
                .containsExactlyInAnyOrder("press/1", "press/2");
        assertThat(moves)
                .extracting(Rebalance.Move::to)
                .doesNotContain("node-a")
                .contains("node-c");
        assertThat(Standing.refusal(cordoned(Set.of("node-a")), "press/1", "node-a"))
                .isEmpty();
    }

    @Test
    void where_no_node_takes_new_pods_all_are_alike() {
        hundredOn("node-a");

        assertThat(Rebalance.moves(cordoned(THREE), 1000))
                .isEqualTo(Rebalance.moves(cluster("node-a", "node-b", "node-c"), 1000));
    }

    @Test
    void no_more_are_proposed_than_were_asked_for() {
        hundredOn("node-a");

        assertThat(Rebalance.moves(cluster("node-a", "node-b", "node-c"), 7)).hasSize(7);
    }

    @Test
    void what_is_even_is_left_alone() {
        for (int i = 0; i < 30; i++) {
            instance("lamps/" + i, Map.of(), false, "node-" + "abc".charAt(i % 3));
        }

        assertThat(Rebalance.moves(cluster("node-a", "node-b", "node-c"), 1000)).hasSizeLessThan(1);
    }

    @Test
    void nothing_is_moved_where_there_is_one_node_only() {
        hundredOn("node-a");

        assertThat(Rebalance.moves(cluster("node-a"), 1000)).isEmpty();
    }

    @Test
    void what_is_foreign_going_shared_or_on_a_node_without_a_handler_is_left_alone() {
        for (int i = 0; i < 40; i++) {
            instance("foreign/" + i, Map.of("MQTT_REPORTED_BY", "other"), false, "node-a");
            instance("going/" + i, Map.of(), true, "node-a");
            instance("shared/" + i, Map.of(), false, "node-a", "node-c");
            instance("away/" + i, Map.of(), false, "node-x");
        }

        assertThat(Rebalance.moves(cluster("node-a", "node-b", "node-c"), 1000)).isEmpty();
    }
}
