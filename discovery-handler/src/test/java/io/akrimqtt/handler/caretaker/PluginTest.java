package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.TouchInstance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 6: Instances of this node whose resource the kubelet does not offer. */
class PluginTest {

    private final Scene scene = new Scene();

    private Lamp withoutResource(String device) {
        var lamp = scene.lamp(device, true, true, "node-a");
        scene.withoutResource.add(lamp.name());
        return lamp;
    }

    @Test
    void an_instance_is_touched_when_its_resource_stays_away() {
        var lamp = withoutResource("lamps/1");

        assertThat(scene.during(Duration.ofMillis(9900), TouchInstance.class)).isEmpty();
        assertThat(scene.during(Duration.ofSeconds(2), TouchInstance.class))
                .singleElement()
                .satisfies(touch -> assertThat(touch.object()).isEqualTo(lamp.ref()));
    }

    @Test
    void one_that_is_served_is_left_alone() {
        scene.lamp("lamps/1", true, true, "node-a");

        assertThat(scene.during(Duration.ofMinutes(2), TouchInstance.class)).isEmpty();
    }

    @Test
    void one_of_another_node_is_left_alone() {
        scene.withoutResource.add(scene.lamp("lamps/1", true, false, "node-b").name());

        assertThat(scene.during(Duration.ofMinutes(2), TouchInstance.class)).isEmpty();
    }

    @Test
    void one_whose_slots_others_hold_is_left_alone_since_the_kubelet_has_none_to_offer() {
        withoutResource("lamps/1").on("node-a", "node-b").slot(0, "node-b");

        assertThat(scene.during(Duration.ofMinutes(2), TouchInstance.class)).isEmpty();
    }

    @Test
    void nothing_is_touched_before_the_first_list() {
        scene.watch("watch", Scene.DETAILS, 1, Scene.START, false, false, Troubles.NONE);
        withoutResource("lamps/1");

        assertThat(scene.during(Duration.ofMinutes(2), TouchInstance.class)).isEmpty();
    }

    @Test
    void a_queue_that_makes_one_plugin_a_second_is_not_disturbed() {
        for (int i = 0; i < 30; i++) {
            withoutResource("lamps/" + i);
        }
        scene.turn();

        for (int i = 0; i < 30; i++) {
            assertThat(scene.during(Duration.ofSeconds(1), TouchInstance.class)).isEmpty();
            scene.withoutResource.remove(scene.lamps.get(i).name());
        }
    }

    @Test
    void touches_are_paced_and_each_instance_is_touched_more_and_more_seldom() {
        for (int i = 0; i < 100; i++) {
            withoutResource("lamps/" + i);
        }
        scene.during(Duration.ofMillis(9500), TouchInstance.class);
        assertThat(scene.during(Duration.ofSeconds(4), TouchInstance.class)).hasSizeLessThanOrEqualTo(25);

        var lone = new Scene();
        var lamp = lone.lamp("lamps/1", true, true, "node-a");
        lone.withoutResource.add(lamp.name());
        int touches = 0;
        for (int i = 0; i < 600; i++) {
            for (var touch : lone.later(1).turn(TouchInstance.class)) {
                touches++;
                lone.answer(touch, Outcome.DONE);
                lamp.changed();
            }
        }
        assertThat(touches).isBetween(3, 6);
    }
}
