package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.placement.Placement;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several caretakers in a toy cluster in which anything happens at any time: devices come and go, handlers and nodes too, the API
 * server is away for some, writes conflict, informers lag. Nothing living is ever deleted, and in the end all is as it should be.
 */
class TownTest {

    private static final int DEVICES = 8;
    private static final int STORM = 500;

    /** Almost six minutes, which is several takeovers. */
    private static final int CALM = 700;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("akri.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_node_reports_each_device_in_the_end_and_no_living_one_was_ever_deleted(long seed) {
        var town = storm(seed, Placement.ONE_NODE, true);

        for (var thing : town.things.values()) {
            assertThat(town.nodes.values().stream().filter(node -> node.reported.contains(thing.device)))
                    .as(thing.device)
                    .hasSize(1);
            assertThat(thing.nodes).as(thing.device).hasSize(1);
            assertThat(thing.usage.values()).as(thing.device).containsExactlyElementsOf(thing.nodes);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_node_reports_each_device_in_the_end_and_no_living_one_was_ever_deleted(long seed) {
        var town = storm(seed, Placement.EVERY_NODE, true);

        for (var thing : town.things.values()) {
            assertThat(thing.nodes).as(thing.device).isEqualTo(town.nodes.keySet());
            assertThat(thing.nodes).as(thing.device).containsAll(thing.usage.values());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void without_a_guard_all_devices_come_back_by_themselves(long seed) {
        storm(seed, Placement.ONE_NODE, false);
    }

    private static Town storm(long seed, Placement placement, boolean guard) {
        var random = new Random(seed);
        var town = new Town(random, placement, guard, 3);
        for (int i = 0; i < STORM; i++) {
            if (random.nextInt(6) == 0) {
                event(town, random);
            }
            town.tick();
            assertThat(town.wrongs).isEmpty();
        }
        town.conflicts = false;
        for (var node : town.nodes.values()) {
            node.apiAway = false;
            if (!node.up || !node.handlerUp) {
                node.back();
            }
        }
        for (int i = 0; i < CALM; i++) {
            town.tick();
            assertThat(town.wrongs).isEmpty();
        }
        atRest(town);
        return town;
    }

    private static void event(Town town, Random random) {
        var node = town.node("node-" + "abc".charAt(random.nextInt(3)));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                var device = "lamps/" + random.nextInt(DEVICES);
                town.aliveSince.putIfAbsent(device, town.tick);
            }
            case 3 -> town.aliveSince.remove("lamps/" + random.nextInt(DEVICES));
            case 4 -> {
                if (node.up && node.handlerUp) {
                    node.crash();
                }
            }
            case 5, 6 -> {
                if (!node.up || !node.handlerUp) {
                    node.back();
                }
            }
            case 7 -> {
                if (node.up) {
                    node.down();
                }
            }
            case 8 -> node.apiAway = true;
            case 9, 10 -> node.apiAway = false;
            default -> {
                node.lag = random.nextInt(4);
                town.conflicts = !town.conflicts;
            }
        }
    }

    /** Whatever the placement: what lives has an Instance, what does not has none, nothing is released, and nothing is done. */
    static void atRest(Town town) {
        var states = town.things.values().stream().map(Thing::state).toList();
        assertThat(town.things.keySet()).isEqualTo(town.aliveSince.keySet());
        assertThat(states).noneMatch(InstanceState::terminating);
        assertThat(states).allMatch(state -> state.released().isEmpty());
        assertThat(states).noneMatch(state -> state.nodes().isEmpty());
        int before = town.actions;
        for (int i = 0; i < 240; i++) {
            town.tick();
        }
        assertThat(town.actions - before).as("probes only").isLessThanOrEqualTo(3);
        assertThat(town.things.values().stream().map(Thing::state).toList())
                .extracting(state -> List.of(state.nodes(), state.deviceUsage()))
                .containsExactlyElementsOf(states.stream()
                        .map(state -> List.of(state.nodes(), state.deviceUsage()))
                        .toList());
    }
}
