package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.ProbeGuard;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.Tell;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sections 2 and 7: whether the guard is in force, and what is done where it is not. */
class GuardTest {

    private final Scene scene = new Scene();

    @Nested
    class The_probe {

        @Test
        void is_made_at_start_on_an_instance_of_this_node() {
            scene.lamp("lamps/1", true, false, "node-b");
            var lamp = scene.lamp("lamps/2", true, true, "node-a");

            assertThat(scene.turn(ProbeGuard.class)).singleElement().satisfies(probe -> {
                assertThat(probe.object()).isEqualTo(lamp.ref());
                assertThat(probe.node()).isEqualTo("node-a");
            });
        }

        @Test
        void is_not_made_on_what_is_released_deleted_foreign_or_elsewhere() {
            scene.lamp("lamps/1", false, true, "node-a").released("node-a");
            scene.lamp("lamps/2", true, true, "node-a").terminating();
            scene.lamp("lamps/3", true, true, "node-a").without("MQTT_REPORTED_BY");
            scene.lamp("lamps/4", true, false, "node-b");

            assertThat(scene.during(Duration.ofMinutes(10), ProbeGuard.class)).isEmpty();
        }

        @Test
        void is_made_again_every_five_minutes() {
            scene.guarded(Outcome.REFUSED);

            assertThat(scene.during(Duration.ofSeconds(299), ProbeGuard.class)).isEmpty();
            assertThat(scene.during(Duration.ofSeconds(2), ProbeGuard.class)).hasSize(1);
        }

        @Test
        void waits_for_its_answer() {
            scene.lamp("lamps/1", true, true, "node-a");

            assertThat(scene.turn(ProbeGuard.class)).hasSize(1);
            assertThat(scene.during(Duration.ofSeconds(50), ProbeGuard.class)).isEmpty();
        }

        @Test
        void is_not_made_by_a_process_that_may_not_write() {
            scene.writes = false;
            scene.lamp("lamps/1", true, true, "node-a");

            assertThat(scene.turn(ProbeGuard.class)).isEmpty();
        }

        @Test
        void that_met_a_change_is_made_again_soon() {
            scene.guarded(Outcome.CONFLICT);

            assertThat(scene.later(1).turn(ProbeGuard.class)).hasSize(1);
        }
    }

    @Nested
    class Where_the_guard_is_absent {

        @Test
        void it_is_told_once_on_each_configuration_and_said_once_in_the_log() {
            scene.guarded(Outcome.DONE);

            assertThat(scene.turn(Tell.class)).singleElement().satisfies(tell -> {
                assertThat(tell.kind()).isEqualTo(Tell.Kind.GUARD_MISSING);
                assertThat(tell.warning()).isTrue();
                assertThat(tell.text()).contains("deletes Instances of living devices");
            });
            assertThat(scene.turn.notices()).hasSize(1);
            assertThat(scene.during(Duration.ofMinutes(4), Tell.class)).isEmpty();
        }

        @Test
        void a_device_that_is_gone_is_dropped_at_once_and_not_released() {
            scene.guarded(Outcome.DONE);
            scene.lamp("lamps/1", false, true, "node-a");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void a_device_is_dropped_though_the_api_server_is_away() {
            scene.guarded(Outcome.DONE);
            scene.lamp("lamps/1", false, true, "node-a");
            scene.reachable = false;

            scene.turn();

            assertThat(scene.mayDrop("lamps/1")).isTrue();
        }

        @Test
        void releases_come_back_with_the_guard() {
            scene.guarded(Outcome.DONE);
            scene.lamp("lamps/1", false, false, "node-a");
            scene.device("lamps/1", false, true);
            assertThat(scene.turn(Release.class)).isEmpty();

            scene.later(300).guard(Outcome.REFUSED);

            assertThat(scene.turn(Release.class)).hasSize(1);
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }
    }

    @Nested
    class Where_it_cannot_be_told {

        @Test
        void the_guard_counts_as_there_when_the_api_server_is_away() {
            scene.guarded(Outcome.UNREACHABLE);
            scene.lamp("lamps/1", false, true, "node-a");

            assertThat(scene.turn(Release.class)).hasSize(1);
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }

        @Test
        void the_guard_counts_as_there_when_the_right_is_lacking_and_nobody_is_told_that_it_is_missing() {
            scene.guarded(Outcome.FORBIDDEN);
            scene.lamp("lamps/1", false, true, "node-a");

            assertThat(scene.turn(Tell.class)).isEmpty();
            scene.turn();
            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }

        @Test
        void an_absence_that_was_known_is_not_known_any_more() {
            scene.guarded(Outcome.DONE);
            scene.later(300).guard(Outcome.UNREACHABLE);
            scene.lamp("lamps/1", false, true, "node-a");

            scene.turn();

            assertThat(scene.mayDrop("lamps/1")).isFalse();
        }
    }

    @Test
    void without_kubernetes_everything_is_reported_nothing_is_done_and_it_is_said_once() {
        var blind = new Scene(CaretakerRules.BLIND);
        blind.lamp("lamps/1", false, true, "node-a");

        assertThat(blind.turn()).isEmpty();
        assertThat(blind.turn.everything()).isTrue();
        assertThat(blind.turn.notices()).hasSize(1);
        blind.turn();
        assertThat(blind.turn.everything()).isTrue();
        assertThat(blind.turn.notices()).isEmpty();
    }
}
