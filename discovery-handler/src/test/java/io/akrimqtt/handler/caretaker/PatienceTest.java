package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.HandSlotOver;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.Write;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Writes are idempotent and patient: an outcome that is open, an informer that lags and a conflict make no loop. */
class PatienceTest {

    private final Scene scene = new Scene();

    @Test
    void a_write_is_not_returned_again_before_its_outcome_came() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "");

        assertThat(scene.turn(HandSlotOver.class)).hasSize(1);
        assertThat(scene.during(Duration.ofSeconds(59), HandSlotOver.class)).isEmpty();
    }

    @Test
    void one_whose_outcome_never_came_is_returned_again_after_a_minute() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "");
        scene.turn();

        assertThat(scene.during(Duration.ofSeconds(61), HandSlotOver.class)).hasSize(1);
    }

    @Test
    void one_that_is_done_is_not_returned_while_the_informer_lags() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "");
        scene.answer(scene.turn(HandSlotOver.class).getFirst(), Outcome.DONE);

        assertThat(scene.during(Duration.ofSeconds(29), HandSlotOver.class)).isEmpty();
    }

    @Test
    void one_that_is_done_and_undone_by_somebody_is_returned_again() {
        var lamp = scene.lamp("lamps/1", true, true, "node-a").slot(0, "");
        scene.answer(scene.turn(HandSlotOver.class).getFirst(), Outcome.DONE);
        lamp.changed();

        assertThat(scene.turn(HandSlotOver.class)).hasSize(1);
    }

    @Test
    void a_conflict_waits_for_a_newer_reading() {
        var lamp = scene.lamp("lamps/1", true, true, "node-a").slot(0, "");
        scene.answer(scene.turn(HandSlotOver.class).getFirst(), Outcome.CONFLICT);
        assertThat(scene.during(Duration.ofSeconds(29), HandSlotOver.class)).isEmpty();
        lamp.changed();

        assertThat(scene.turn(HandSlotOver.class)).hasSize(1);
    }

    @Test
    void an_api_server_that_does_not_answer_is_tried_more_and_more_seldom_up_to_a_minute() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "");
        int tries = 0;
        for (int i = 0; i < 1200; i++) {
            for (var write : scene.later(Duration.ofMillis(500)).turn(HandSlotOver.class)) {
                tries++;
                scene.answer(write, Outcome.UNREACHABLE);
            }
        }
        assertThat(tries).isBetween(12, 18);
    }

    @Test
    void an_object_gets_one_write_at_a_time() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "").unlabelled();

        assertThat(scene.turn(Write.class))
                .filteredOn(each -> !(each instanceof Action.ProbeGuard))
                .hasSize(1);
    }

    @Test
    void a_release_that_somebody_took_off_is_made_again() {
        var lamp = scene.lamp("lamps/1", false, true, "node-a");
        scene.answer(scene.turn(Release.class).getFirst(), Outcome.DONE);
        lamp.released("node-a");
        assertThat(scene.turn(Release.class)).isEmpty();
        lamp.notReleased("node-a");

        assertThat(scene.turn(Release.class)).hasSize(1);
        assertThat(scene.mayDrop("lamps/1")).isFalse();
    }

    @Test
    void an_instance_that_was_made_anew_is_another_one() {
        var lamp = scene.lamp("lamps/1", false, true, "node-a");
        scene.answer(scene.turn(Release.class).getFirst(), Outcome.DONE);
        lamp.anew();

        assertThat(scene.turn(Release.class)).hasSize(1);
        assertThat(scene.mayDrop("lamps/1")).isFalse();
    }

    @Test
    void what_was_done_is_counted_by_kind() {
        scene.lamp("lamps/1", true, true, "node-a").slot(0, "");
        scene.turn();

        assertThat(scene.caretaker.counts()).containsEntry("HandSlotOver", 1L).containsEntry("ProbeGuard", 1L);
    }

    @Test
    void a_calm_scene_brings_no_action_but_the_probe() {
        for (int i = 0; i < 50; i++) {
            scene.lamp("lamps/" + i, true, true, "node-a").slot(0, "node-a");
        }
        scene.guard(Outcome.REFUSED);

        assertThat(scene.during(Duration.ofMinutes(4), Action.class)).isEmpty();
        assertThat(scene.turn.wakeAt()).isAfter(scene.now.plusSeconds(30));
    }
}
