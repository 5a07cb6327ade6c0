package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.HandSlotOver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 6: slots that nobody uses any more, handed over in one write. */
class SlotTest {

    private final Scene scene = new Scene();

    @Test
    void a_slot_of_a_node_that_the_instance_does_not_name_is_handed_over_at_once() {
        var lamp = scene.lamp("lamps/1", true, true, "node-a").slot(0, "node-b");

        assertThat(scene.turn(HandSlotOver.class)).singleElement().satisfies(write -> {
            assertThat(write.object()).isEqualTo(lamp.ref());
            assertThat(write.slot()).isEqualTo(lamp.name() + "-0");
            assertThat(write.node()).isEqualTo("node-a");
            assertThat(write.usage()).containsOnly(java.util.Map.entry(lamp.name() + "-0", "node-a"));
        });
    }

    @Test
    void a_blank_slot_is_handed_over_at_once_also_on_a_ready_node() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "");

        assertThat(scene.turn(HandSlotOver.class)).hasSize(1);
    }

    @Test
    void a_slot_of_a_lost_node_is_handed_over_though_the_instance_names_it_still() {
        scene.node("node-b", false, false);
        scene.lamp("lamps/1", true, true, "node-a", "node-b").slot(0, "node-b");

        assertThat(scene.turn(HandSlotOver.class)).hasSize(1);
    }

    @Test
    void a_slot_that_is_in_use_is_left_alone_here_and_on_another_node() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "node-a");
        scene.lamp("lamps/2", true, true, "node-a", "node-b").slot(0, "node-b");
        scene.lamp("lamps/3", true, true, "node-a").slot(0, "C:7:node-a");

        assertThat(scene.during(Duration.ofMinutes(1), HandSlotOver.class)).isEmpty();
    }

    @Test
    void a_slot_that_nobody_holds_is_the_agents_to_take() {
        scene.lamp("lamps/1", true, true, "node-a");

        assertThat(scene.during(Duration.ofMinutes(1), HandSlotOver.class)).isEmpty();
    }

    @Test
    void the_write_keeps_what_this_nodes_manager_holds_and_nothing_else() {
        var lamp = scene.lamp("lamps/1", true, true, "node-a")
                .capacity(3)
                .slot(0, "node-a")
                .managed(0, "node-a")
                .slot(1, "node-b")
                .managed(1, "node-b")
                .slot(2, "");
        scene.configuration("mqtt", Scene.DETAILS, 1, java.util.Map.of(), 3);

        var usage = scene.turn(HandSlotOver.class).getFirst().usage();

        assertThat(usage)
                .containsOnly(
                        java.util.Map.entry(lamp.name() + "-0", "node-a"),
                        java.util.Map.entry(lamp.name() + "-1", "node-a"));
    }

    @Test
    void of_two_nodes_that_could_take_a_slot_only_one_does() {
        scene.node("node-0", true, true);
        var lamp = scene.lamp("lamps/1", true, true, "node-a", "node-0").slot(0, "node-b");
        assertThat(scene.during(Duration.ofMinutes(1), HandSlotOver.class)).isEmpty();

        lamp.slot(1, "").capacity(2);
        assertThat(scene.turn(HandSlotOver.class))
                .extracting(HandSlotOver::slot)
                .containsExactly(lamp.name() + "-1");
    }

    @Test
    void a_node_that_has_a_slot_leaves_the_next_to_one_that_has_none() {
        scene.lamp("lamps/1", true, true, "node-a", "node-b")
                .capacity(2)
                .slot(0, "node-a")
                .slot(1, "");

        assertThat(scene.during(Duration.ofMinutes(1), HandSlotOver.class)).isEmpty();
    }

    @Test
    void nothing_is_handed_to_a_node_that_does_not_report_the_device_or_is_not_named() {
        scene.lamp("lamps/1", true, false, "node-b").slot(0, "");
        scene.lamp("lamps/2", true, true).slot(0, "");
        scene.lamp("lamps/3", true, true, "node-a").slot(0, "").terminating("node-a");

        assertThat(scene.during(Duration.ofMinutes(1), HandSlotOver.class)).isEmpty();
    }
}
