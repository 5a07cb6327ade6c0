package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.handler.placement.Rebalance;
import io.akrimqtt.handler.placement.Standing;
import io.akrimqtt.handler.placement.Standing.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices that are moved by hand, one after the other, in a toy cluster. */
class MovingTownTest {

    private static final int DEVICES = 12;

    /** More than a move may take before it is given up. */
    private static final int PATIENCE = 1300;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("akri.seeds", 20));
    }

    /** All devices on node-a, since the other nodes came late. */
    private static Town lopsided(long seed) {
        var town = new Town(new Random(seed), Placement.ONE_NODE, true, 3);
        town.node("node-b").down();
        town.node("node-c").down();
        for (int i = 0; i < DEVICES; i++) {
            town.aliveSince.put("lamps/" + i, 0);
        }
        ticks(town, 100);
        town.node("node-b").back();
        town.node("node-c").back();
        ticks(town, 100);
        assertThat(load(town)).containsExactly(DEVICES, 0, 0);
        return town;
    }

    private static void ticks(Town town, int count) {
        for (int i = 0; i < count; i++) {
            town.tick();
            assertThat(town.wrongs).isEmpty();
        }
    }

    private static List<Integer> load(Town town) {
        return List.copyOf(Rebalance.load(town.cluster(town.node("node-a"))).values());
    }

    private static Standing standing(Town town, Rebalance.Move move) {
        return Standing.of(town.cluster(town.node(move.from())), move.device(), move.from());
    }

    @Test
    void a_full_node_gives_what_falls_elsewhere_step_by_step_and_each_device_ends_with_one_workload() {
        var town = lopsided(1);
        var moves = Rebalance.moves(town.cluster(town.node("node-a")), Integer.MAX_VALUE);
        assertThat(moves).isNotEmpty();

        for (var move : moves) {
            var phases = new ArrayList<Phase>();
            town.node(move.from()).move(move.device());
            for (int i = 0; i < PATIENCE && !phases.contains(Phase.ARRIVED); i++) {
                town.tick();
                var phase = standing(town, move).phase();
                if (phases.isEmpty() || phases.getLast() != phase) {
                    phases.add(phase);
                }
            }
            assertThat(phases).as(move.toString()).containsSubsequence(Phase.RELEASED, Phase.LEFT, Phase.ARRIVED);
            assertThat(standing(town, move).node()).isEqualTo(move.to());
            town.moving.clear();
            assertThat(town.wrongs).as("nobody else's Instance goes").isEmpty();
        }
        ticks(town, 300);

        TownTest.atRest(town);
        assertThat(Rebalance.moves(town.cluster(town.node("node-a")), Integer.MAX_VALUE))
                .as("nothing more is worth while")
                .isEmpty();
        assertThat(town.things.values())
                .allSatisfy(thing -> assertThat(thing.nodes).hasSize(1));
    }

    @Test
    void what_has_not_been_released_stays_where_it_is_when_the_move_is_taken_back() {
        var town = lopsided(2);
        var node = town.node("node-a");
        var move = Rebalance.moves(town.cluster(node), 1).getFirst();
        node.apiAway = true;
        node.move(move.device());
        town.moving.clear();
        ticks(town, 20);
        assertThat(standing(town, move)).isEqualTo(new Standing(Phase.WAITING, "node-a"));

        node.stay(move.device());
        node.apiAway = false;
        ticks(town, 300);

        assertThat(standing(town, move)).isEqualTo(new Standing(Phase.WAITING, "node-a"));
        TownTest.atRest(town);
    }

    @Test
    void what_has_been_released_is_taken_back_too_or_goes_its_way() {
        var town = lopsided(3);
        var node = town.node("node-a");
        var move = Rebalance.moves(town.cluster(node), 1).getFirst();
        node.move(move.device());
        for (int i = 0; i < 20 && standing(town, move).phase() == Phase.WAITING; i++) {
            town.tick();
        }
        assertThat(standing(town, move).phase()).isEqualTo(Phase.RELEASED);

        node.stay(move.device());
        ticks(town, 300);

        TownTest.atRest(town);
        assertThat(standing(town, move).phase()).isIn(Phase.WAITING, Phase.ARRIVED);
    }

    /** Whatever befalls handlers and nodes while devices are moved. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void moves_that_are_interrupted_end_with_one_workload_for_each_device(long seed) {
        var random = new Random(seed);
        var town = lopsided(seed);
        for (int step = 0; step < 400; step++) {
            var node = town.node("node-" + "abc".charAt(random.nextInt(3)));
            switch (random.nextInt(25)) {
                case 0 -> node.move("lamps/" + random.nextInt(DEVICES));
                case 1 -> node.stay("lamps/" + random.nextInt(DEVICES));
                case 2 -> {
                    if (node.up && node.handlerUp) {
                        node.crash();
                    }
                }
                case 3, 4 -> {
                    if (!node.up || !node.handlerUp) {
                        node.back();
                    }
                }
                case 5 -> node.apiAway = true;
                case 6, 7 -> node.apiAway = false;
                case 8 -> node.lag = random.nextInt(4);
                default -> {}
            }
            town.tick();
            assertThat(town.wrongs).isEmpty();
        }
        for (var node : town.nodes.values()) {
            node.apiAway = false;
            if (!node.up || !node.handlerUp) {
                node.back();
            }
        }
        for (int i = 0; i < PATIENCE + 700; i++) {
            town.tick();
        }
        town.moving.clear();

        TownTest.atRest(town);
        assertThat(town.things.values())
                .allSatisfy(thing -> assertThat(thing.nodes).hasSize(1));
    }
}
