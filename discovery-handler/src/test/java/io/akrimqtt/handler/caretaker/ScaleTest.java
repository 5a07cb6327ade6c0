package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.Write;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Twenty thousand devices. The bounds are generous: they tell n log n from n squared, not fast from slow. */
class ScaleTest {

    private static final int MANY = 20_000;
    private final Scene scene = new Scene();

    private Duration timed() {
        long before = System.nanoTime();
        scene.later(1).turn();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Test
    void a_turn_over_twenty_thousand_calm_devices_stays_below_two_seconds_of_a_busy_machine() {
        for (int i = 0; i < MANY; i++) {
            scene.lamp("lamps/" + i, true, true, "node-a").slot(0, "node-a");
        }
        timed();

        assertThat(timed()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void so_does_one_in_which_all_of_them_are_gone_or_wrong_and_its_writes_are_few() {
        for (int i = 0; i < MANY; i++) {
            scene.lamp("lamps/" + i, i % 2 == 0, true, "node-a").slot(0, "").unlabelled();
            scene.instance("stray/" + i, "node-a");
        }
        timed();

        assertThat(timed()).isLessThan(Duration.ofSeconds(2));
        assertThat(scene.turn.actions()).filteredOn(Write.class::isInstance).hasSizeLessThan(50);
    }

    @Test
    void all_are_released_at_their_pace_in_the_end() {
        for (int i = 0; i < 200; i++) {
            scene.lamp("lamps/" + i, false, true, "node-a");
        }
        int released = 0;
        for (int second = 0; second < 25; second++) {
            for (var release : scene.later(1).turn(Release.class)) {
                released++;
                scene.answer(release, Outcome.DONE);
            }
        }
        assertThat(released).isEqualTo(200);
    }
}
