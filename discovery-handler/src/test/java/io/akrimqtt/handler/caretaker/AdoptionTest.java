package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Adopt;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.cluster.InstanceHash;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 6: what was reported before our time. */
class AdoptionTest {

    private final Scene scene = new Scene();

    @Test
    void an_instance_of_this_node_whose_name_follows_from_its_device_is_adopted_once() {
        scene.instance("lamps/1", "node-a");

        assertThat(scene.turn(Adopt.class)).singleElement().satisfies(adopt -> {
            assertThat(adopt.watch()).isEqualTo("watch");
            assertThat(adopt.devices()).containsExactly("lamps/1");
        });
        assertThat(scene.during(Duration.ofMinutes(5), Adopt.class)).isEmpty();
    }

    @Test
    void so_is_one_that_a_collision_gave_a_suffix() {
        scene.instance("lamps/1", "node-a").hash(InstanceHash.of("lamps/1#2"));

        assertThat(scene.turn(Adopt.class)).hasSize(1);
    }

    @Test
    void hashes_are_those_of_akri() {
        assertThat(InstanceHash.of("my_shared_device")).isEqualTo("4294ea");
        assertThat(InstanceHash.of("device-06523"))
                .isEqualTo(InstanceHash.of("device-07340"))
                .isEqualTo("700c11");
    }

    @Test
    void what_is_known_foreign_unmarked_released_or_going_is_not_adopted() {
        scene.lamp("lamps/1", true, true, "node-a");
        scene.instance("lamps/2", "node-a").hash("000000");
        scene.instance("lamps/3", "node-a").without("MQTT_REPORTED_BY");
        scene.instance("lamps/4", "node-a").released("node-a");
        scene.instance("lamps/5", "node-a").terminating("node-a");
        scene.instance("lamps/6", "node-b");
        scene.lamps.add(new Lamp("other", "lamps/7", "node-a"));

        assertThat(scene.during(Duration.ofMinutes(1), Adopt.class)).isEmpty();
    }

    @Test
    void what_a_lost_node_leaves_is_adopted_where_it_falls_to() {
        scene.node("node-b", false, false);
        scene.instance("lamps/6", "node-b");

        assertThat(scene.turn(Adopt.class)).hasSize(1);
    }

    @Test
    void an_adoption_waits_for_the_api_server() {
        scene.instance("lamps/1", "node-a");
        scene.reachable = false;
        assertThat(scene.turn(Adopt.class)).isEmpty();
        scene.reachable = true;

        assertThat(scene.turn(Adopt.class)).hasSize(1);
    }

    @Test
    void what_was_adopted_is_listed_before_its_release_could_come() {
        scene.instance("lamps/1", "node-a");
        assertThat(scene.turn(Adopt.class)).hasSize(1);
        assertThat(scene.turn(Release.class)).isEmpty();
        scene.device("lamps/1", true, false);

        assertThat(scene.during(Duration.ofMinutes(5), Release.class)).isEmpty();
        assertThat(scene.owns("lamps/1")).isTrue();
    }

    @Test
    void a_watch_with_edited_details_adopts_what_the_one_before_it_had() {
        scene.lamp("lamps/1", true, true, "node-a");
        scene.turn();
        scene.configuration("mqtt", Scene.EDITED, 2);
        scene.watches.clear();
        scene.devices.clear();
        scene.watch("second", Scene.EDITED, 1);

        assertThat(scene.turn(Adopt.class)).extracting(Adopt::watch).containsExactly("second");
    }
}
