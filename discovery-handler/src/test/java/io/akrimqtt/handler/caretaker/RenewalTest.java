package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.EndStreams;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.caretaker.Action.TouchConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 6: details and credentials that changed while a request lives. */
class RenewalTest {

    private final Scene scene = new Scene();

    @Nested
    class Edited_details {

        @Test
        void end_the_streams_once_for_each_generation_under_the_guard() {
            scene.guarded(Outcome.REFUSED);
            scene.configuration("mqtt", Scene.EDITED, 2);

            assertThat(scene.turn(EndStreams.class))
                    .extracting(EndStreams::watch)
                    .containsExactly("watch");
            assertThat(scene.during(Duration.ofMinutes(2), EndStreams.class)).isEmpty();
            scene.configuration("mqtt", Scene.EDITED.replace("lights", "bulbs"), 3);
            assertThat(scene.turn(EndStreams.class)).hasSize(1);
        }

        @Test
        void do_not_end_them_before_the_guard_was_tried() {
            scene.lamp("lamps/1", true, true, "node-a");
            scene.turn();
            scene.configuration("mqtt", Scene.EDITED, 2);

            assertThat(scene.during(Duration.ofSeconds(50), EndStreams.class)).isEmpty();
        }

        @Test
        void do_not_end_them_without_the_guard_and_that_is_told() {
            scene.guarded(Outcome.DONE);
            scene.turn();
            scene.configuration("mqtt", Scene.EDITED, 2);

            assertThat(scene.turn(Tell.class)).extracting(Tell::kind).containsExactly(Tell.Kind.EDIT_WITHOUT_EFFECT);
            assertThat(scene.during(Duration.ofMinutes(2), EndStreams.class)).isEmpty();
        }

        @Test
        void end_them_without_a_guard_where_nothing_can_be_lost() {
            scene.turn();
            scene.configuration("mqtt", Scene.EDITED, 2);

            assertThat(scene.turn(EndStreams.class)).hasSize(1);
        }

        @Test
        void wait_while_a_drop_waits_for_its_release() {
            scene.guarded(Outcome.REFUSED);
            scene.lamp("lamps/1", false, true, "node-a");
            scene.configuration("mqtt", Scene.EDITED, 2);
            var release = scene.turn(Release.class);
            assertThat(scene.turn(EndStreams.class)).isEmpty();

            scene.answer(release.getFirst(), Outcome.DONE);

            assertThat(scene.turn(EndStreams.class)).hasSize(1);
        }

        @Test
        void bring_no_touch_while_the_old_request_lives_and_one_if_nobody_asks_after_it() {
            scene.guarded(Outcome.REFUSED);
            scene.configuration("mqtt", Scene.EDITED, 2);
            assertThat(scene.during(Duration.ofSeconds(10), TouchConfiguration.class))
                    .isEmpty();
            scene.watch("watch", Scene.DETAILS, 0);

            assertThat(scene.during(Duration.ofSeconds(4), TouchConfiguration.class))
                    .hasSize(1);
        }

        @Test
        void that_were_edited_back_end_nothing() {
            scene.guarded(Outcome.REFUSED);
            scene.configuration("mqtt", Scene.DETAILS + "\n", 3);

            assertThat(scene.during(Duration.ofSeconds(10), EndStreams.class)).isEmpty();
        }

        @Test
        void that_cannot_be_read_end_them_too_since_they_are_what_is_wanted() {
            scene.guarded(Outcome.REFUSED);
            scene.configuration("mqtt", "topics: 1", 2);

            assertThat(scene.turn(EndStreams.class)).hasSize(1);
        }

        @Test
        void of_one_of_two_configurations_with_equal_details_end_the_streams_of_both() {
            scene.configuration("twin", Scene.DETAILS, 1);
            scene.watch("watch", Scene.DETAILS, 2);
            scene.lamp("lamps/1", true, true, "node-a");
            scene.lamps.add(new Lamp("twin", "lamps/1", "node-a"));
            scene.guard(Outcome.REFUSED);
            scene.configuration("twin", Scene.EDITED, 2);

            assertThat(scene.turn(EndStreams.class)).hasSize(1);
            scene.watch("watch", Scene.DETAILS, 1);
            scene.watch("second", Scene.EDITED, 1);
            assertThat(scene.during(Duration.ofMinutes(1), EndStreams.class)).isEmpty();
        }
    }

    @Nested
    class Refused_credentials {

        private void refused(boolean value) {
            scene.watch("watch", Scene.DETAILS, 1, Scene.START.minusSeconds(3600), true, value, Troubles.NONE);
        }

        @Test
        void end_the_streams_once_and_are_told_once() {
            scene.guarded(Outcome.REFUSED);
            refused(true);

            var actions = scene.turn();
            assertThat(actions).filteredOn(EndStreams.class::isInstance).hasSize(1);
            assertThat(actions)
                    .filteredOn(each -> each instanceof Tell tell && tell.kind() == Tell.Kind.CREDENTIALS_REFUSED)
                    .hasSize(1);
            assertThat(scene.during(Duration.ofSeconds(299), EndStreams.class)).isEmpty();
        }

        @Test
        void end_them_again_much_later_since_a_secret_may_follow() {
            scene.guarded(Outcome.REFUSED);
            refused(true);
            scene.turn();

            assertThat(scene.during(Duration.ofSeconds(301), EndStreams.class)).hasSize(1);
        }

        @Test
        void end_nothing_without_the_guard() {
            scene.guarded(Outcome.DONE);
            refused(true);

            assertThat(scene.during(Duration.ofMinutes(4), EndStreams.class)).isEmpty();
        }

        @Test
        void that_are_taken_again_end_nothing_and_the_next_refusal_does_at_once() {
            scene.guarded(Outcome.REFUSED);
            assertThat(scene.turn(EndStreams.class)).isEmpty();
            refused(true);
            assertThat(scene.turn(EndStreams.class)).hasSize(1);
            refused(false);
            assertThat(scene.later(1).turn(EndStreams.class)).isEmpty();
            refused(true);
            assertThat(scene.later(1).turn(EndStreams.class)).hasSize(1);
        }
    }
}
