package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.Write;
import org.junit.jupiter.api.Test;

/** Many devices at once. */
class ScaleTest {

    private static final int MANY = 20_000;
    private final Scene scene = new Scene();

    @Test
    void of_a_turn_in_which_all_are_gone_or_wrong_the_writes_are_few() {
        for (int i = 0; i < MANY; i++) {
            scene.lamp("lamps/" + i, i % 2 == 0, true, "node-a").slot(0, "").unlabelled();
            scene.instance("stray/" + i, "node-a");
        }
        scene.later(1).turn();

        assertThat(scene.later(1).turn(Write.class)).hasSizeLessThan(50);
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
