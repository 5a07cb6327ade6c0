package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.SendAgain;
import io.akrimqtt.handler.caretaker.Action.TakeReleaseOff;
import io.akrimqtt.handler.caretaker.Action.Tell;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 5 of the sheet: release before drop, one tenure, and nothing on a guess. */
class ReleaseTest {

    private final Scene scene = new Scene();

    @Nested
    class A_device_that_is_gone {

        @Test
        void is_released_before_it_may_be_dropped() {
            var lamp = scene.lamp("lamps/1", false, true, "node-a");

            assertThat(scene.turn(Release.class)).singleElement().satisfies(release -> {
                assertThat(release.object()).isEqualTo(lamp.ref());
                assertThat(release.node()).isEqualTo("node-a");
            });
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }

        @Test
        void may_be_dropped_once_the_write_is_confirmed_though_it_is_not_seen_yet() {
            scene.lamp("lamps/1", false, true, "node-a");
            var release = scene.turn(Release.class).getFirst();

            scene.answer(release, Outcome.DONE);

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void may_be_dropped_when_the_release_is_seen() {
            scene.lamp("lamps/1", false, true, "node-a").released("node-a");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void is_not_dropped_for_a_release_on_another_node() {
            scene.lamp("lamps/1", false, true, "node-a", "node-b").released("node-b");

            assertThat(scene.turn(Release.class)).hasSize(1);
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }

        @Test
        void is_dropped_at_once_where_no_instance_names_the_node() {
            scene.device("lamps/1", false, true);

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void is_dropped_at_once_where_its_instance_is_being_deleted() {
            scene.lamp("lamps/1", false, true, "node-a").terminating("node-a");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void is_dropped_at_once_where_its_instance_bears_no_marker_since_nothing_guards_it() {
            scene.lamp("lamps/1", false, true, "node-a").without("MQTT_REPORTED_BY");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void is_released_in_each_configuration_before_it_may_be_dropped() {
            scene.configuration("twin", Scene.DETAILS, 1);
            scene.watch("watch", Scene.DETAILS, 2);
            scene.lamp("lamps/1", false, true, "node-a");
            scene.lamps.add(new Lamp("twin", "lamps/1", "node-a"));

            var releases = scene.turn(Release.class);
            assertThat(releases).hasSize(2);
            scene.answer(releases.getFirst(), Outcome.DONE);
            scene.turn();
            assertThat(scene.mayDrop("lamps/1")).isFalse();

            scene.answer(releases.getLast(), Outcome.DONE);
            scene.turn();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }
    }

    @Nested
    class A_device_that_lives {

        @Test
        void is_owned_and_neither_released_nor_dropped() {
            scene.lamp("lamps/1", true, true, "node-a");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.owns("lamps/1")).isTrue();
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }

        @Test
        void is_taken_back_when_it_returns_before_it_was_dropped() {
            var lamp = scene.lamp("lamps/1", false, true, "node-a");
            scene.answer(scene.turn(Release.class).getFirst(), Outcome.DONE);
            lamp.released("node-a");
            scene.device("lamps/1", true, true);

            assertThat(scene.turn(TakeReleaseOff.class)).hasSize(1);
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }
    }

    @Nested
    class What_cannot_be_released {

        @Test
        void stays_reported_while_the_api_server_is_away_and_it_is_told() {
            scene.lamp("lamps/1", true, true, "node-a");
            scene.turn();
            scene.reachable = false;
            scene.device("lamps/1", false, true);

            assertThat(scene.turn(Tell.class))
                    .singleElement()
                    .satisfies(tell -> assertThat(tell.kind()).isEqualTo(Tell.Kind.DELETION_REFUSED));
            assertThat(scene.mayDrop("lamps/1")).isFalse();
            assertThat(scene.during(Duration.ofMinutes(3), Tell.class)).isEmpty();
        }

        @Test
        void is_not_dropped_on_an_old_view_in_which_it_has_no_instance_yet() {
            scene.turn();
            scene.reachable = false;
            scene.device("lamps/1", false, true);

            scene.turn();

            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }

        @Test
        void is_caught_up_when_the_api_server_is_back() {
            scene.lamp("lamps/1", false, true, "node-a");
            scene.reachable = false;
            scene.turn();
            scene.reachable = true;

            assertThat(scene.later(1).turn(Release.class)).hasSize(1);
        }

        @Test
        void stays_reported_where_the_right_is_lacking_and_it_is_told_and_tried_more_and_more_seldom() {
            scene.lamp("lamps/1", false, true, "node-a");
            scene.answer(scene.turn(Release.class).getFirst(), Outcome.FORBIDDEN);

            assertThat(scene.turn(Tell.class)).extracting(Tell::kind).containsExactly(Tell.Kind.DELETION_REFUSED);
            assertThat(scene.mayDrop("lamps/1")).isFalse();
            assertThat(scene.later(5).turn(Release.class)).isEmpty();
            var again = scene.later(6).turn(Release.class);
            assertThat(again).hasSize(1);
            scene.answer(again.getFirst(), Outcome.FORBIDDEN);
            assertThat(scene.later(15).turn(Release.class)).isEmpty();
            assertThat(scene.later(6).turn(Release.class)).hasSize(1);
        }
    }

    @Nested
    class A_release_that_is_left_over {

        @Test
        void is_taken_off_once_the_node_has_left() {
            scene.lamp("lamps/1", false, false, "node-b").released("node-a");

            assertThat(scene.turn(TakeReleaseOff.class)).hasSize(1);
        }

        @Test
        void stays_while_the_node_is_still_named_and_the_device_gone() {
            scene.lamp("lamps/1", false, true, "node-a").released("node-a");

            assertThat(scene.turn(TakeReleaseOff.class)).isEmpty();
        }

        @Test
        void of_another_node_is_not_ours_to_take_off() {
            scene.lamp("lamps/1", true, true, "node-a").released("node-b");

            assertThat(scene.turn(TakeReleaseOff.class)).isEmpty();
        }

        @Test
        void is_taken_off_at_start_before_the_first_list() {
            scene.watch("watch", Scene.DETAILS, 1, Scene.START, false, false, Troubles.NONE);
            scene.lamp("lamps/1", true, false, "node-a").released("node-a");

            var off = scene.turn(TakeReleaseOff.class);

            assertThat(off).hasSize(1);
            assertThat(scene.owns("lamps/1")).isFalse();
            assertThat(scene.turn.hold()).containsExactly("watch");
            scene.answer(off.getFirst(), Outcome.DONE);
            scene.turn();
            assertThat(scene.owns("lamps/1")).isTrue();
            assertThat(scene.turn.hold()).isEmpty();
        }

        @Test
        void keeps_a_living_device_out_of_the_report_for_a_second_at_most() {
            scene.lamp("lamps/1", true, false, "node-a").released("node-a");
            scene.turn();
            assertThat(scene.owns("lamps/1")).isFalse();
            assertThat(scene.turn.wakeAt()).isEqualTo(Scene.START.plusSeconds(1));

            scene.later(1).turn();

            assertThat(scene.owns("lamps/1")).isTrue();
        }

        @Test
        void does_not_hold_up_a_list_without_its_device() {
            scene.watch("watch", Scene.DETAILS, 1, Scene.START, false, false, Troubles.NONE);
            scene.lamp("lamps/1", false, false, "node-a").released("node-a");

            scene.turn();

            assertThat(scene.turn.hold()).isEmpty();
        }
    }

    @Nested
    class An_instance_of_this_node_whose_device_nobody_lists {

        @Test
        void is_released_once_lists_have_been_carried_for_the_whole_grace_and_the_list_is_sent_again() {
            var lamp = scene.instance("lamps/1", "node-a");
            scene.turn();

            var release = scene.later(3).turn(Release.class);
            assertThat(release)
                    .singleElement()
                    .satisfies(each -> assertThat(each.object()).isEqualTo(lamp.ref()));
            scene.answer(release.getFirst(), Outcome.DONE);
            assertThat(scene.turn(SendAgain.class)).hasSize(1);
        }

        @Test
        void is_not_released_by_a_stream_that_is_too_young() {
            scene.watch("watch", Scene.DETAILS, 1, Scene.START, true, false, Troubles.NONE);
            scene.instance("lamps/1", "node-a");
            scene.turn();

            assertThat(scene.during(Duration.ofMillis(9500), Release.class)).isEmpty();
            assertThat(scene.during(Duration.ofSeconds(2), Release.class)).hasSize(1);
        }

        @Test
        void is_not_released_without_a_stream() {
            scene.watch("watch", Scene.DETAILS, 0);
            scene.instance("lamps/1", "node-a");

            assertThat(scene.during(Duration.ofMinutes(2), Release.class)).isEmpty();
        }

        @Test
        void is_not_released_before_a_list_was_sent() {
            scene.watch("watch", Scene.DETAILS, 1, Scene.START, false, false, Troubles.NONE);
            scene.instance("lamps/1", "node-a");

            assertThat(scene.during(Duration.ofMinutes(2), Release.class)).isEmpty();
        }

        @Test
        void is_not_released_where_it_names_other_nodes_only() {
            scene.instance("lamps/1", "node-b");

            assertThat(scene.during(Duration.ofMinutes(1), Release.class)).isEmpty();
        }

        @Test
        void is_not_released_where_its_configuration_is_none_of_ours() {
            scene.lamps.add(new Lamp("other", "lamps/1", "node-a"));

            assertThat(scene.during(Duration.ofMinutes(1), Release.class)).isEmpty();
        }
    }

    @Nested
    class The_pace {

        @Test
        void is_twenty_releases_a_second_shared_by_the_live_handlers() {
            for (int i = 0; i < 200; i++) {
                scene.lamp("lamps/" + i, false, true, "node-a");
            }

            assertThat(scene.turn(Release.class)).hasSizeLessThanOrEqualTo(20);
            assertThat(scene.during(Duration.ofSeconds(4), Release.class)).hasSizeBetween(39, 41);
        }

        @Test
        void wakes_for_what_has_to_wait() {
            for (int i = 0; i < 200; i++) {
                scene.lamp("lamps/" + i, false, true, "node-a");
            }
            scene.turn();

            assertThat(Duration.between(scene.now, scene.turn.wakeAt())).isLessThan(Duration.ofMillis(101));
        }
    }

    @Test
    void a_process_that_may_not_write_writes_nothing_and_drops_what_was_released() {
        scene.writes = false;
        scene.lamp("lamps/1", false, true, "node-a");
        scene.lamp("lamps/2", false, true, "node-a").released("node-a");
        scene.instance("lamps/3", "node-b").released("node-a");

        assertThat(scene.during(Duration.ofSeconds(30), Action.Write.class)).isEmpty();
        assertThat(scene.mayDrop("lamps/1")).isFalse();
        assertThat(scene.mayDrop("lamps/2")).isTrue();
    }
}
