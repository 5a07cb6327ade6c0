package io.akrimqtt.handler.caretaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.HandSlotOver;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.caretaker.Action.Tell.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Part 7 of the issue: what people are told, once while it lasts. */
class TellTest {

    private final Scene scene = new Scene();

    TellTest() {
        scene.nodes.remove("node-b");
    }

    private List<Tell> told(Kind kind) {
        var told = new ArrayList<Tell>();
        for (int i = 0; i < 240; i++) {
            scene.later(1).turn(Tell.class).stream()
                    .filter(tell -> tell.kind() == kind)
                    .forEach(told::add);
        }
        return told;
    }

    @Test
    void bad_details_are_told_with_their_places_and_anew_when_they_change() {
        scene.configuration("bad", "topics: 1", 1);

        assertThat(told(Kind.BAD_DETAILS)).singleElement().satisfies(tell -> {
            assertThat(tell.object().name()).isEqualTo("bad");
            assertThat(tell.warning()).isTrue();
            assertThat(tell.text()).contains("discoveryDetails:1:").contains("serverUrls");
        });
        scene.configuration("bad", "topics: [lamps/+]\nfoo: 1", 2);
        assertThat(told(Kind.BAD_DETAILS)).hasSize(1);
        scene.configuration("bad", Scene.DETAILS, 3);
        assertThat(told(Kind.BAD_DETAILS)).isEmpty();
    }

    @Test
    void what_every_node_sees_is_told_by_one_of_them() {
        int tellers = 0;
        for (int i = 0; i < 40; i++) {
            var each = new Scene();
            each.configurations.clear();
            each.configuration("bad-" + i, "topics: 1", 1);
            tellers += each.turn(Tell.class).size();
        }
        assertThat(tellers).isBetween(8, 32);
    }

    @Test
    void a_collision_is_told() {
        scene.device("device-07340", "device-07340#2", true, true, Map.of());

        assertThat(told(Kind.COLLISION))
                .singleElement()
                .satisfies(tell -> assertThat(tell.text()).contains("'device-07340'"));
    }

    @Test
    void an_mqtt_server_that_cannot_be_reached_is_told_and_that_it_is_back() {
        troubles(new Troubles(Set.of("mqtt://mosquitto:1883"), 0));
        assertThat(told(Kind.SERVER_UNREACHABLE)).hasSize(1);
        troubles(Troubles.NONE);
        assertThat(told(Kind.SERVER_BACK)).hasSize(1);
        assertThat(told(Kind.SERVER_BACK)).isEmpty();
    }

    @Test
    void devices_that_the_report_has_no_place_for_are_told_once_whatever_their_number() {
        troubles(new Troubles(Set.of(), 5));
        assertThat(told(Kind.DEVICES_REFUSED)).hasSize(1);
        troubles(new Troubles(Set.of(), 6));
        assertThat(told(Kind.DEVICES_REFUSED)).isEmpty();
    }

    private void troubles(Troubles troubles) {
        scene.watch("watch", Scene.DETAILS, 1, Scene.START.minusSeconds(3600), true, false, troubles);
    }

    @Test
    void edits_that_reach_no_running_workload_are_told() {
        scene.lamp("lamps/1", true, true, "node-a");
        scene.turn();
        scene.configuration("mqtt", Scene.DETAILS, 2, Map.of("ROOM", "7"), 1);
        assertThat(told(Kind.EDIT_WITHOUT_EFFECT)).hasSize(1);
        scene.configuration("mqtt", Scene.DETAILS, 3, Map.of("ROOM", "7"), 2);
        assertThat(told(Kind.EDIT_WITHOUT_EFFECT)).hasSize(1);
        scene.configuration("mqtt", Scene.DETAILS, 4, Map.of("ROOM", "7"), 2);
        assertThat(told(Kind.EDIT_WITHOUT_EFFECT))
                .singleElement()
                .satisfies(tell -> assertThat(tell.text()).contains("started after it"));
    }

    @Test
    void an_edit_that_hurts_nobody_is_not_told() {
        scene.turn();
        scene.configuration("mqtt", Scene.DETAILS, 2, Map.of("ROOM", "7"), 1);

        assertThat(told(Kind.EDIT_WITHOUT_EFFECT)).isEmpty();
    }

    @Test
    void a_repair_is_explained_once_for_ten_minutes() {
        for (int i = 0; i < 5; i++) {
            scene.lamp("lamps/" + i, true, true, "node-a").slot(0, "");
        }
        scene.turn(HandSlotOver.class).forEach(write -> scene.answer(write, Outcome.DONE));
        assertThat(scene.turn(Tell.class)).extracting(Tell::kind).containsExactly(Kind.MENDED);

        scene.later(Duration.ofMinutes(2));
        scene.lamp("lamps/6", true, true, "node-a").slot(0, "");
        scene.turn(HandSlotOver.class).forEach(write -> scene.answer(write, Outcome.DONE));
        assertThat(scene.turn(Tell.class)).isEmpty();
    }
}
