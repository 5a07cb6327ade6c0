package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.DeleteInstance;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.TakeFinalizersOff;
import io.akrimqtt.handler.caretaker.Action.TakeNodesOff;
import io.akrimqtt.handler.caretaker.Action.Tell;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 6: what lost nodes and agents leave behind. */
class LeftoverTest {

    private final Scene scene = new Scene();

    LeftoverTest() {
        scene.nodes.remove("node-b");
    }

    @Nested
    class An_instance_without_a_node {

        @Test
        void is_deleted_after_ten_seconds_if_nobody_reports_its_device() {
            var lamp = scene.instance("lamps/1");

            assertThat(scene.during(Duration.ofSeconds(10), DeleteInstance.class))
                    .isEmpty();
            assertThat(scene.during(Duration.ofSeconds(1), DeleteInstance.class))
                    .singleElement()
                    .satisfies(write -> assertThat(write.object()).isEqualTo(lamp.ref()));
        }

        @Test
        void is_deleted_though_the_last_agent_has_taken_its_owner_off_too() {
            var lamp = scene.instance("lamps/1").ownerless();

            assertThat(scene.during(Duration.ofSeconds(11), DeleteInstance.class))
                    .singleElement()
                    .satisfies(write -> assertThat(write.object()).isEqualTo(lamp.ref()));
        }

        @Test
        void is_deleted_though_its_configuration_went_after_its_owner_reference() {
            scene.lamps.add(new Lamp("gone", "lamps/1").ownerless());

            assertThat(scene.during(Duration.ofSeconds(11), DeleteInstance.class))
                    .hasSize(1);
        }

        @Test
        void without_an_owner_is_left_alone_where_its_device_is_listed_or_a_node_has_it() {
            scene.lamp("lamps/1", true, false).ownerless();
            scene.instance("lamps/2", "node-b").ownerless();
            scene.node("node-b", true, true);

            assertThat(scene.during(Duration.ofMinutes(2), DeleteInstance.class))
                    .isEmpty();
        }

        @Test
        void stays_while_its_device_is_listed_or_reported() {
            scene.lamp("lamps/1", true, false);
            scene.lamp("lamps/2", false, true);

            assertThat(scene.during(Duration.ofMinutes(2), DeleteInstance.class))
                    .isEmpty();
        }

        @Test
        void stays_while_no_stream_has_carried_lists_for_the_whole_grace() {
            scene.watch("watch", Scene.DETAILS, 0);
            scene.instance("lamps/1");

            assertThat(scene.during(Duration.ofMinutes(2), DeleteInstance.class))
                    .isEmpty();
        }

        @Test
        void gets_its_ten_seconds_anew_after_a_node_came_and_left() {
            var lamp = scene.instance("lamps/1");
            scene.during(Duration.ofSeconds(8), DeleteInstance.class);
            lamp.on("node-a");
            scene.turn();
            lamp.on();

            assertThat(scene.during(Duration.ofSeconds(9), DeleteInstance.class))
                    .isEmpty();
        }

        @Test
        void is_not_ours_to_delete_without_the_marker_or_of_another_configuration() {
            scene.instance("lamps/1").without("MQTT_REPORTED_BY");
            scene.lamps.add(new Lamp("other", "lamps/2"));

            assertThat(scene.during(Duration.ofMinutes(2), DeleteInstance.class))
                    .isEmpty();
        }

        @Test
        void is_deleted_by_one_handler_and_by_the_next_only_if_it_is_still_there_later() {
            scene.node("node-b", true, true);
            for (int i = 0; i < 20; i++) {
                scene.instance("lamps/" + i);
            }

            var first = scene.during(Duration.ofSeconds(11), DeleteInstance.class);
            var second = scene.during(Duration.ofSeconds(6), DeleteInstance.class);

            assertThat(first).hasSizeBetween(3, 17);
            assertThat(first.size() + second.size()).isEqualTo(20);
        }
    }

    @Nested
    class A_finalizer {

        @Test
        void of_a_lost_node_is_taken_off_what_is_being_deleted() {
            scene.node("node-b", false, false);
            scene.instance("lamps/1", "node-b").terminating("node-b", "node-gone", "node-a");

            assertThat(scene.during(Duration.ofSeconds(1), TakeFinalizersOff.class))
                    .singleElement()
                    .satisfies(
                            write -> assertThat(write.finalizers()).containsExactlyInAnyOrder("node-b", "node-gone"));
        }

        @Test
        void of_a_node_that_lives_stays() {
            scene.node("node-b", true, false);
            scene.instance("lamps/1", "node-b").terminating("node-b", "node-a");

            assertThat(scene.during(Duration.ofMinutes(1), TakeFinalizersOff.class))
                    .isEmpty();
        }

        @Test
        void of_kubernetes_itself_stays() {
            scene.instance("lamps/1").terminating("foregroundDeletion", "orphan", "example.com/theirs");

            assertThat(scene.during(Duration.ofMinutes(1), TakeFinalizersOff.class))
                    .isEmpty();
        }

        @Test
        void stays_on_what_is_not_being_deleted() {
            scene.node("node-b", false, false);
            scene.instance("lamps/1", "node-a");

            assertThat(scene.during(Duration.ofMinutes(1), TakeFinalizersOff.class))
                    .isEmpty();
        }

        @Test
        void is_explained_once_for_many() {
            scene.node("node-b", false, false);
            for (int i = 0; i < 5; i++) {
                scene.instance("lamps/" + i, "node-b").terminating("node-b");
            }
            scene.turn(TakeFinalizersOff.class).forEach(write -> scene.answer(write, Outcome.DONE));

            assertThat(scene.turn(Tell.class)).extracting(Tell::kind).containsExactly(Tell.Kind.MENDED);
        }
    }

    @Nested
    class A_lost_node {

        @Test
        void is_taken_off_once_another_node_is_named() {
            scene.node("node-b", false, false);
            scene.lamp("lamps/1", true, true, "node-a", "node-b");

            assertThat(scene.during(Duration.ofSeconds(1), TakeNodesOff.class))
                    .singleElement()
                    .satisfies(write -> assertThat(write.nodes()).containsExactly("node-b"));
        }

        @Test
        void stays_the_only_one_of_a_living_device_until_another_has_it() {
            scene.node("node-b", false, false);
            scene.lamp("lamps/1", true, false, "node-b");

            assertThat(scene.during(Duration.ofMinutes(1), TakeNodesOff.class)).isEmpty();
        }

        @Test
        void is_taken_off_where_nobody_reports_the_device() {
            scene.node("node-b", false, false);
            scene.instance("lamps/1", "node-b");

            assertThat(scene.during(Duration.ofSeconds(1), TakeNodesOff.class)).hasSize(1);
        }

        @Test
        void is_one_that_is_ready_without_a_handler_for_the_whole_takeover() {
            scene.node("node-b", true, false);
            scene.lamp("lamps/1", true, true, "node-a", "node-b").slot(0, "node-a");

            assertThat(scene.during(Duration.ofSeconds(299), TakeNodesOff.class))
                    .isEmpty();
            assertThat(scene.during(Duration.ofSeconds(2), TakeNodesOff.class)).hasSize(1);
        }

        @Test
        void is_nobody_while_the_list_of_nodes_does_not_even_show_this_one() {
            scene.nodes.clear();
            scene.lamp("lamps/1", true, true, "node-a", "node-b").slot(0, "node-a");
            scene.instance("lamps/2", "node-b").terminating("node-b");

            assertThat(scene.during(Duration.ofMinutes(1), Action.Write.class))
                    .noneMatch(each -> each instanceof TakeNodesOff || each instanceof TakeFinalizersOff);
        }

        @Test
        void is_nobody_while_the_api_server_is_away() {
            scene.node("node-b", true, false);
            scene.lamp("lamps/1", true, true, "node-a", "node-b").slot(0, "node-a");
            scene.turn();
            scene.reachable = false;

            assertThat(scene.during(Duration.ofMinutes(10), Action.Write.class)).isEmpty();
        }
    }
}
