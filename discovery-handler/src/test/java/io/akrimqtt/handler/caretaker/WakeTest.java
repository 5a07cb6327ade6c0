package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.caretaker.Action.TouchConfiguration;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 6: Configurations that name us and were not asked about. */
class WakeTest {

    private final Scene scene = new Scene();

    WakeTest() {
        scene.watches.clear();
        scene.registered = Optional.of(Scene.START);
    }

    @Test
    void a_configuration_is_touched_between_one_and_three_seconds_after_the_registration() {
        assertThat(scene.during(Duration.ofMillis(950), TouchConfiguration.class))
                .isEmpty();
        assertThat(scene.during(Duration.ofMillis(2300), TouchConfiguration.class))
                .singleElement()
                .satisfies(touch -> assertThat(touch.object().name()).isEqualTo("mqtt"));
    }

    @Test
    void one_that_was_asked_about_is_left_alone() {
        scene.watch("watch", Scene.DETAILS, 1);

        assertThat(scene.during(Duration.ofMinutes(5), TouchConfiguration.class))
                .isEmpty();
    }

    @Test
    void one_of_two_with_equal_details_is_touched_while_there_is_one_stream_for_both() {
        scene.configuration("twin", Scene.DETAILS, 1);
        scene.watch("watch", Scene.DETAILS, 1);

        assertThat(scene.during(Duration.ofSeconds(4), TouchConfiguration.class))
                .isNotEmpty();
    }

    @Test
    void one_that_another_handler_touched_since_the_registration_is_waited_for() {
        scene.touched("mqtt", Scene.START.plusMillis(500));

        assertThat(scene.during(Duration.ofMillis(1900), TouchConfiguration.class))
                .isEmpty();
        assertThat(scene.during(Duration.ofSeconds(4), TouchConfiguration.class))
                .hasSize(1);
    }

    @Test
    void a_touch_from_before_the_registration_does_not_count() {
        scene.touched("mqtt", Scene.START.minusSeconds(10));

        assertThat(scene.during(Duration.ofMillis(3300), TouchConfiguration.class))
                .hasSize(1);
    }

    @Test
    void touches_in_vain_come_more_and_more_seldom_and_people_are_told_what_it_may_be() {
        int touches = 0;
        boolean told = false;
        for (int i = 0; i < 240; i++) {
            scene.later(1);
            for (var action : scene.turn()) {
                if (action instanceof TouchConfiguration touch) {
                    touches++;
                    scene.touched("mqtt", scene.now);
                    scene.answer(touch, Outcome.DONE);
                }
                told |= action instanceof Tell tell && tell.kind() == Tell.Kind.CREDENTIALS_MISSING;
            }
        }
        assertThat(touches).isBetween(5, 8);
        assertThat(told).isTrue();
    }

    @Test
    void nothing_is_touched_without_a_registration() {
        scene.registered = Optional.empty();

        assertThat(scene.during(Duration.ofMinutes(1), TouchConfiguration.class))
                .isEmpty();
    }

    @Test
    void what_is_for_another_handler_or_cannot_be_read_is_left_alone() {
        scene.configuration("mqtt", "topics: 1", 1);

        assertThat(scene.during(Duration.ofMinutes(1), TouchConfiguration.class))
                .isEmpty();
    }

    @Test
    void a_configuration_that_is_young_gets_its_second() {
        scene.watch("watch", Scene.DETAILS, 1);
        scene.later(3600).turn();
        scene.configuration("young", Scene.EDITED, 1);

        assertThat(scene.during(Duration.ofSeconds(1), TouchConfiguration.class))
                .isEmpty();
        assertThat(scene.during(Duration.ofMillis(2500), TouchConfiguration.class))
                .hasSize(1);
    }
}
