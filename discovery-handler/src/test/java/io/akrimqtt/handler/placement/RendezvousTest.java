package io.akrimqtt.handler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where devices fall. */
class RendezvousTest {

    private static final List<String> THREE = List.of("node-a", "node-b", "node-c");

    @Test
    void the_order_of_the_nodes_does_not_matter() {
        for (int i = 0; i < 1000; i++) {
            assertThat(Rendezvous.winner("lamps/" + i, List.of("node-c", "node-a", "node-b")))
                    .isEqualTo(Rendezvous.winner("lamps/" + i, THREE));
        }
    }

    @Test
    void the_answer_is_the_same_in_every_process_and_for_ever() {
        assertThat(Rendezvous.hash("")).isEqualTo(GOLDEN_EMPTY);
        assertThat(List.of("lamps/1", "lamps/2", "lamps/3", "räume/5", "lamps/6").stream()
                        .map(each -> Rendezvous.winner(each, THREE))
                        .toList())
                .isEqualTo(GOLDEN);
    }

    private static final long GOLDEN_EMPTY = -780787492076525413L;
    private static final List<String> GOLDEN = List.of("node-a", "node-c", "node-b", "node-b", "node-b");

    @Test
    void devices_spread_evenly_though_their_names_and_the_nodes_differ_little() {
        for (var nodes : List.of(THREE, List.of("n1", "n2", "n3", "n4", "n5", "n6", "n7"))) {
            var share = new HashMap<String, Integer>();
            for (int i = 0; i < 20_000; i++) {
                share.merge(Rendezvous.winner("device-" + i, nodes), 1, Integer::sum);
            }
            assertThat(share.values())
                    .allSatisfy(count -> assertThat(count)
                            .isBetween(20_000 / nodes.size() * 92 / 100, 20_000 / nodes.size() * 108 / 100));
        }
    }

    @Test
    void a_node_that_comes_takes_only_what_falls_to_it() {
        var four = List.of("node-a", "node-b", "node-c", "node-d");
        int moved = 0;
        for (int i = 0; i < 10_000; i++) {
            var before = Rendezvous.winner("lamps/" + i, THREE);
            var after = Rendezvous.winner("lamps/" + i, four);
            if (!before.equals(after)) {
                assertThat(after).isEqualTo("node-d");
                moved++;
            }
        }
        assertThat(moved).isBetween(2300, 2700);
    }

    @Test
    void what_a_lost_node_had_spreads_over_all_that_are_left() {
        var share = new HashMap<String, Integer>(Map.of());
        for (int i = 0; i < 9_000; i++) {
            var order = Rendezvous.order("lamps/" + i, THREE);
            if (order.getFirst().equals("node-a")) {
                assertThat(Rendezvous.winner("lamps/" + i, List.of("node-b", "node-c")))
                        .isEqualTo(order.get(1));
                share.merge(order.get(1), 1, Integer::sum);
            }
        }
        assertThat(share.values())
                .hasSize(2)
                .allSatisfy(count -> assertThat(count).isBetween(1350, 1650));
    }

    @Test
    void a_spread_is_even_and_within_its_bounds() {
        var seen = new HashMap<Integer, Integer>();
        for (int i = 0; i < 10_000; i++) {
            seen.merge(Rendezvous.spread("uid-" + i, 10), 1, Integer::sum);
        }
        assertThat(seen.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(seen.values()).allSatisfy(count -> assertThat(count).isBetween(880, 1120));
    }
}
