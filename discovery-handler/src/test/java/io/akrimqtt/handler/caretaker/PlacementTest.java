package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.placement.Rendezvous;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 4 of the design: which node reports a device. This node is node-a. */
class PlacementTest {

    private static final String HERE = fallingTo("node-a", "node-a", "node-b");
    private static final String THERE = fallingTo("node-b", "node-a", "node-b");
    private final Scene scene = new Scene();

    private static String fallingTo(String node, String... nodes) {
        int i = 0;
        while (!Rendezvous.winner("lamps/" + i, List.of(nodes)).equals(node)) {
            i++;
        }
        return "lamps/" + i;
    }

    private boolean owns(String device) {
        scene.turn();
        return scene.owns(device);
    }

    @Nested
    class A_device_without_an_instance {

        @Test
        void is_reported_by_the_node_that_it_falls_to() {
            scene.device(HERE, true, false);
            scene.device(THERE, true, false);

            assertThat(owns(HERE)).isTrue();
            assertThat(owns(THERE)).isFalse();
        }

        @Test
        void falls_only_to_nodes_with_a_handler() {
            scene.node("node-b", true, false);
            scene.device(THERE, true, false);
            scene.turn();

            assertThat(owns(THERE)).isFalse();
            scene.later(3);
            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void falls_to_no_node_that_takes_no_new_pods() {
            scene.cordoned("node-b");
            scene.device(THERE, true, false);

            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void falls_to_a_node_that_takes_no_new_pods_where_none_does() {
            scene.cordoned("node-a");
            scene.cordoned("node-b");
            scene.device(HERE, true, false);
            scene.device(THERE, true, false);

            assertThat(owns(HERE)).isTrue();
            assertThat(owns(THERE)).isFalse();
        }

        @Test
        void stays_where_it_is_reported_when_a_node_joins_that_it_falls_to() {
            scene.nodes.remove("node-b");
            scene.device(THERE, true, true);
            assertThat(owns(THERE)).isTrue();
            scene.node("node-b", true, true);

            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void is_not_placed_while_handlers_are_still_starting() {
            scene.node("node-c", true, false);
            scene.device(fallingTo("node-a", "node-a", "node-b"), true, false);
            assertThat(owns(HERE)).isFalse();

            assertThat(scene.turn.wakeAt()).isEqualTo(Scene.START.plusSeconds(3));
            scene.later(3);
            assertThat(owns(HERE)).isTrue();
        }

        @Test
        void is_reported_here_where_no_handler_at_all_is_seen_for_a_while() {
            scene.node("node-a", true, false);
            scene.node("node-b", true, false);
            scene.device(THERE, true, false);
            assertThat(owns(THERE)).isFalse();
            scene.later(10);

            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void is_reported_by_every_node_where_that_is_asked_for() {
            var every = Scene.everyNode();
            every.device(THERE, true, false);

            every.turn();

            assertThat(every.owns(THERE)).isTrue();
        }
    }

    @Nested
    class A_device_with_an_instance {

        @Test
        void stays_on_the_node_that_its_instance_names_wherever_it_would_fall() {
            scene.lamp(HERE, true, false, "node-b");
            scene.lamp(THERE, true, false, "node-a");

            assertThat(owns(HERE)).isFalse();
            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void stays_where_it_is_when_its_node_takes_no_new_pods_any_more() {
            scene.cordoned("node-a");
            scene.lamp(THERE, true, false, "node-a");

            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void stays_while_the_handler_of_its_node_is_away_for_less_than_the_takeover() {
            scene.node("node-b", true, false);
            scene.lamp(HERE, true, false, "node-b");
            scene.turn();

            scene.later(299);
            assertThat(owns(HERE)).isFalse();
            scene.later(1);
            assertThat(owns(HERE)).isTrue();
        }

        @Test
        void stays_when_the_handler_of_its_node_returns_in_time_and_the_clock_starts_anew() {
            scene.node("node-b", true, false);
            scene.lamp(HERE, true, false, "node-b");
            scene.turn();
            scene.node("node-b", true, true);
            scene.later(200).turn();
            scene.node("node-b", true, false);
            scene.later(200).turn();

            scene.later(299);
            assertThat(owns(HERE)).isFalse();
        }

        @Test
        void is_taken_over_at_once_when_its_node_is_not_ready_or_gone() {
            scene.lamp(HERE, true, false, "node-b");
            assertThat(owns(HERE)).isFalse();
            scene.node("node-b", false, false);
            assertThat(owns(HERE)).isTrue();

            scene.node("node-b", true, true);
            assertThat(owns(HERE)).isFalse();
            scene.nodes.remove("node-b");
            assertThat(owns(HERE)).isTrue();
        }

        @Test
        void is_not_moved_by_this_handlers_own_restart() {
            scene.node("node-a", true, false);
            scene.lamp(THERE, true, false, "node-a");

            assertThat(owns(THERE)).isTrue();
            scene.later(Duration.ofMinutes(20));
            assertThat(owns(THERE)).isTrue();
        }

        @Test
        void that_another_node_took_over_is_dropped_by_the_one_that_returns_without_a_release() {
            scene.lamp(HERE, true, true, "node-b");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.owns(HERE)).isFalse();
            assertThat(scene.mayDrop(HERE)).isTrue();
        }

        @Test
        void that_two_nodes_report_stays_on_the_one_where_a_workload_runs() {
            scene.lamp(HERE, true, true, "node-a", "node-b").slot(0, "node-b");
            scene.lamp(THERE, true, true, "node-a", "node-b").slot(0, "node-a");

            var releases = scene.turn(Release.class);

            assertThat(releases).hasSize(1);
            assertThat(scene.owns(HERE)).isFalse();
            assertThat(scene.mayDrop(HERE)).isFalse();
            assertThat(scene.owns(THERE)).isTrue();
            scene.answer(releases.getFirst(), Outcome.DONE);
            scene.turn();
            assertThat(scene.mayDrop(HERE)).isTrue();
        }

        @Test
        void is_not_let_go_by_a_node_that_is_given_up_before_another_one_has_it() {
            scene.node("node-a", false, true);
            var lamp = scene.lamp(HERE, true, true, "node-a");

            assertThat(scene.turn(Release.class)).isEmpty();
            assertThat(scene.mayDrop(HERE)).isFalse();
            lamp.on("node-a", "node-b");
            assertThat(scene.turn(Release.class)).hasSize(1);
        }

        @Test
        void that_is_being_deleted_is_not_taken_by_another_node_while_its_own_lives() {
            scene.lamp(HERE, true, false, "node-b").terminating("node-b");

            assertThat(owns(HERE)).isFalse();
        }

        @Test
        void that_no_node_has_any_more_falls_to_one() {
            scene.lamp(HERE, true, false);
            scene.lamp(THERE, true, false);

            assertThat(owns(HERE)).isTrue();
            assertThat(owns(THERE)).isFalse();
        }
    }

    @Nested
    class Before_the_cluster_was_seen {

        @Test
        void nothing_is_owned_nothing_dropped_and_first_lists_are_held() {
            scene.reachable = false;
            scene.nodes.clear();
            scene.device(HERE, true, false);
            scene.device(THERE, false, true);

            assertThat(owns(HERE)).isFalse();
            assertThat(scene.mayDrop(THERE)).isFalse();
            assertThat(scene.turn.hold()).containsExactly("watch");
        }

        @Test
        void what_known_instances_place_here_is_owned() {
            scene.reachable = false;
            scene.lamp(THERE, true, false, "node-a");
            scene.lamp(HERE, true, false, "node-b");

            assertThat(owns(THERE)).isTrue();
            assertThat(owns(HERE)).isFalse();
        }

        @Test
        void everything_is_owned_where_every_node_reports() {
            var every = Scene.everyNode();
            every.reachable = false;
            every.device(HERE, true, false);

            every.turn();

            assertThat(every.owns(HERE)).isTrue();
        }

        @Test
        void first_lists_are_held_no_more_once_it_was() {
            scene.turn();
            scene.reachable = false;
            scene.turn();

            assertThat(scene.turn.hold()).isEmpty();
        }
    }

    @Nested
    class While_the_api_server_is_away {

        @Test
        void nobody_is_given_up() {
            scene.node("node-b", true, false);
            scene.lamp(HERE, true, false, "node-b");
            scene.turn();
            scene.reachable = false;

            scene.later(Duration.ofMinutes(20));
            assertThat(owns(HERE)).isFalse();
        }

        @Test
        void new_devices_are_placed_among_the_handlers_that_were_seen_last() {
            scene.turn();
            scene.reachable = false;
            scene.device(HERE, true, false);

            assertThat(owns(HERE)).isTrue();
        }
    }

    @Nested
    class A_move {

        @Test
        void is_release_drop_wait_until_gone_and_then_it_falls_elsewhere() {
            var lamp = scene.lamp(THERE, true, true, "node-a");
            scene.turn();

            scene.caretaker.move(THERE, scene.now);
            var releases = scene.turn(Release.class);
            assertThat(releases).hasSize(1);
            assertThat(scene.owns(THERE)).isFalse();
            assertThat(scene.mayDrop(THERE)).isFalse();
            scene.answer(releases.getFirst(), Outcome.DONE);
            scene.turn();
            assertThat(scene.mayDrop(THERE)).isTrue();

            scene.device(THERE, true, false);
            lamp.terminating("node-a");
            assertThat(owns(THERE)).isFalse();
            scene.lamps.clear();
            assertThat(owns(THERE)).isFalse();
        }

        @Test
        void is_given_up_after_ten_minutes() {
            scene.lamp(THERE, true, true, "node-a");
            scene.turn();
            scene.caretaker.move(THERE, scene.now);
            assertThat(owns(THERE)).isFalse();

            scene.later(600);
            assertThat(owns(THERE)).isTrue();
        }
    }
}
