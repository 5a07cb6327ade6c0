package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Correct;
import io.akrimqtt.handler.caretaker.Action.LabelDevice;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.SendAgain;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 6: shared values that agents disagree about, and the label. */
class CorrectionTest {

    private final Scene scene = new Scene();

    @Nested
    class A_value {

        @Test
        void that_differs_is_corrected_after_a_while_and_the_list_is_sent_again() {
            scene.lamp("lamps/1", true, true, "node-a").property("MQTT_DEVICE_NAME", "old");

            assertThat(scene.during(Duration.ofMillis(2900), Correct.class)).isEmpty();
            var write = scene.during(Duration.ofMillis(600), Correct.class);
            assertThat(write).singleElement().satisfies(each -> {
                assertThat(each.properties()).isEqualTo(Map.of("MQTT_DEVICE_NAME", "1"));
                assertThat(each.capacity()).isZero();
            });
            scene.answer(write.getFirst(), Outcome.DONE);
            assertThat(scene.during(Duration.ofSeconds(2), SendAgain.class)).hasSize(1);
            assertThat(scene.during(Duration.ofSeconds(2), SendAgain.class)).isEmpty();
        }

        @Test
        void that_the_configuration_overlays_is_the_configurations() {
            scene.configuration("mqtt", Scene.DETAILS, 2, Map.of("MQTT_DEVICE_NAME", "theirs"), 1);
            var lamp = scene.lamp("lamps/1", true, true, "node-a").property("MQTT_DEVICE_NAME", "theirs");
            assertThat(scene.during(Duration.ofMinutes(1), Correct.class)).isEmpty();

            lamp.property("MQTT_DEVICE_NAME", "1");
            assertThat(scene.during(Duration.ofSeconds(4), Correct.class))
                    .singleElement()
                    .satisfies(each -> assertThat(each.properties()).isEqualTo(Map.of("MQTT_DEVICE_NAME", "theirs")));
        }

        @Test
        void of_edited_broker_properties_and_capacity_is_corrected() {
            scene.lamp("lamps/1", true, true, "node-a");
            scene.configuration("mqtt", Scene.DETAILS, 2, Map.of("ROOM", "7"), 2);

            assertThat(scene.during(Duration.ofSeconds(4), Correct.class))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.properties()).isEqualTo(Map.of("ROOM", "7"));
                        assertThat(each.capacity()).isEqualTo(2);
                    });
        }

        @Test
        void that_is_equal_or_extra_is_left_alone() {
            scene.lamp("lamps/1", true, true, "node-a").property("EXTRA", "theirs");

            assertThat(scene.during(Duration.ofMinutes(1), Correct.class)).isEmpty();
        }

        @Test
        void that_the_agents_set_right_in_time_is_left_alone() {
            var lamp = scene.lamp("lamps/1", true, true, "node-a").property("MQTT_DEVICE_NAME", "old");
            scene.during(Duration.ofSeconds(2), Correct.class);
            lamp.property("MQTT_DEVICE_NAME", "1");

            assertThat(scene.during(Duration.ofMinutes(1), Correct.class)).isEmpty();
        }

        @Test
        void is_corrected_by_one_node_of_those_that_the_instance_names() {
            scene.node("node-0", true, true);
            scene.lamp("lamps/1", true, true, "node-a", "node-0")
                    .slot(0, "node-a")
                    .property("MQTT_DEVICE_NAME", "old");

            assertThat(scene.during(Duration.ofMinutes(1), Correct.class)).isEmpty();
        }

        @Test
        void of_another_device_behind_the_same_name_is_left_alone() {
            scene.lamp("lamps/1", true, true, "node-a").property("MQTT_DEVICE_ID", "lamps/other");

            assertThat(scene.during(Duration.ofMinutes(1), Correct.class)).isEmpty();
        }

        @Test
        void that_somebody_sets_back_each_time_is_corrected_more_and_more_seldom() {
            var lamp = scene.lamp("lamps/1", true, true, "node-a").property("MQTT_DEVICE_NAME", "old");
            int corrections = 0;
            for (int i = 0; i < 600; i++) {
                for (var write : scene.later(1).turn(Correct.class)) {
                    corrections++;
                    scene.answer(write, Outcome.DONE);
                    lamp.property("MQTT_DEVICE_NAME", "old");
                }
            }
            assertThat(corrections).isBetween(3, 8);
        }
    }

    @Nested
    class The_label {

        @Test
        void is_set_where_it_is_missing() {
            scene.lamp("lamps/Hall 3", true, true, "node-a").unlabelled();

            assertThat(scene.turn(LabelDevice.class))
                    .singleElement()
                    .satisfies(each -> assertThat(each.value()).isEqualTo("Hall-3"));
        }

        @Test
        void is_left_alone_where_there_is_one() {
            scene.lamp("lamps/1", true, true, "node-a");

            assertThat(scene.turn(LabelDevice.class)).isEmpty();
        }

        @Test
        void has_at_most_63_characters_and_begins_and_ends_with_a_letter_or_digit() {
            scene.lamp("lamps/--" + "x".repeat(62) + "-tail", true, true, "node-a")
                    .unlabelled();

            assertThat(scene.turn(LabelDevice.class))
                    .singleElement()
                    .satisfies(each -> assertThat(each.value()).isEqualTo("x".repeat(62)));
        }

        @Test
        void is_not_set_where_nothing_of_a_name_is_left() {
            scene.lamp("lamps/***", true, true, "node-a").unlabelled();

            assertThat(scene.turn(LabelDevice.class)).isEmpty();
        }
    }
}
