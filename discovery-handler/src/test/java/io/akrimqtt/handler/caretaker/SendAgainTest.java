package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.SendAgain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 6: a reported Instance that is missing, being deleted, or there without this node. */
class SendAgainTest {

    private final Scene scene = new Scene();

    @Test
    void a_list_is_sent_again_while_a_reported_device_has_no_instance() {
        scene.device("lamps/1", true, true);

        assertThat(scene.during(Duration.ofMillis(2900), SendAgain.class)).isEmpty();
        assertThat(scene.during(Duration.ofSeconds(1), SendAgain.class))
                .extracting(SendAgain::watch)
                .containsExactly("watch");
    }

    @Test
    void it_is_sent_more_and_more_seldom_and_at_least_every_minute() {
        scene.device("lamps/1", true, true);

        assertThat(scene.during(Duration.ofMinutes(1), SendAgain.class)).hasSizeBetween(4, 5);
        scene.during(Duration.ofMinutes(3), SendAgain.class);
        assertThat(scene.during(Duration.ofMinutes(10), SendAgain.class)).hasSizeBetween(9, 11);
    }

    @Test
    void nothing_is_sent_again_for_what_is_there() {
        scene.lamp("lamps/1", true, true, "node-a");

        assertThat(scene.during(Duration.ofMinutes(5), SendAgain.class)).isEmpty();
    }

    @Test
    void nothing_is_sent_again_for_what_is_not_reported() {
        scene.device("lamps/1", true, false);

        assertThat(scene.during(Duration.ofMinutes(5), SendAgain.class)).isEmpty();
    }

    @Test
    void nothing_is_sent_again_once_it_is_there() {
        scene.device("lamps/1", true, true);
        assertThat(scene.during(Duration.ofSeconds(4), SendAgain.class)).hasSize(1);
        scene.instance("lamps/1", "node-a");

        assertThat(scene.during(Duration.ofMinutes(5), SendAgain.class)).isEmpty();
    }

    @Test
    void it_is_sent_for_an_instance_that_leaves_this_node_out() {
        var lamp = scene.lamp("lamps/1", true, true, "node-a");
        scene.turn();
        lamp.on();

        assertThat(scene.during(Duration.ofSeconds(4), SendAgain.class)).hasSize(1);
    }

    @Test
    void it_is_sent_soon_after_an_instance_that_was_being_deleted_is_gone_however_often_it_was_sent_before() {
        scene.lamp("lamps/1", true, true, "node-a").terminating("node-a");
        assertThat(scene.during(Duration.ofMinutes(3), SendAgain.class)).isNotEmpty();
        scene.lamps.clear();

        assertThat(scene.during(Duration.ofMillis(1500), SendAgain.class)).hasSize(1);
    }

    @Test
    void what_comes_by_itself_is_waited_for() {
        for (int i = 0; i < 20; i++) {
            scene.device("lamps/" + i, true, true);
        }
        scene.turn();

        for (int i = 0; i < 20; i++) {
            scene.instance("lamps/" + i, "node-a");
            assertThat(scene.during(Duration.ofSeconds(2), SendAgain.class)).isEmpty();
        }
    }

    @Test
    void a_device_of_two_configurations_is_missing_while_one_instance_is() {
        scene.configuration("twin", Scene.DETAILS, 1);
        scene.watch("watch", Scene.DETAILS, 2);
        scene.lamp("lamps/1", true, true, "node-a");

        assertThat(scene.during(Duration.ofSeconds(4), SendAgain.class)).hasSize(1);
    }

    @Test
    void a_configuration_that_nobody_asked_about_yet_cannot_lack_instances() {
        scene.configuration("twin", Scene.DETAILS, 1);
        scene.lamp("lamps/1", true, true, "node-a");

        assertThat(scene.during(Duration.ofMinutes(1), SendAgain.class)).isEmpty();
    }

    @Test
    void nothing_is_sent_before_a_first_list_and_without_streams() {
        scene.watch("watch", Scene.DETAILS, 1, Scene.START, false, false, Troubles.NONE);
        scene.device("lamps/1", true, true);
        assertThat(scene.during(Duration.ofMinutes(1), SendAgain.class)).isEmpty();

        scene.watch("watch", Scene.DETAILS, 0);
        assertThat(scene.during(Duration.ofMinutes(1), SendAgain.class)).isEmpty();
    }

    @Test
    void nothing_is_sent_for_what_an_api_server_that_is_away_does_not_show() {
        scene.turn();
        scene.reachable = false;
        scene.device("lamps/1", true, true);

        assertThat(scene.during(Duration.ofMinutes(1), SendAgain.class)).isEmpty();
    }

    @Test
    void many_devices_get_the_time_that_an_agent_needs_for_them() {
        for (int i = 0; i < 400; i++) {
            scene.device("lamps/" + i, true, true);
        }

        assertThat(scene.during(Duration.ofSeconds(19), SendAgain.class)).isEmpty();
        assertThat(scene.during(Duration.ofSeconds(2), SendAgain.class)).hasSize(1);
    }
}
