package io.akrimqtt.cli.agent;

import static io.akrimqtt.cli.agent.AgentStory.configuration;
import static io.akrimqtt.cli.agent.AgentStory.running;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceRulesTest {

    private static ReportedDevice device(String id, Map<String, String> properties) {
        return new ReportedDevice(id, properties, true);
    }

    private static Instance only(AgentStory story) {
        assertThat(story.instances()).hasSize(1);
        return story.instances().getFirst();
    }

    @Test
    void its_name_is_the_configurations_and_the_hash_of_the_device_id() {
        assertThat(only(running("my_shared_device")).name()).isEqualTo("c-4294ea");
    }

    @Test
    void a_device_that_is_not_shared_is_named_for_its_node_too() {
        var story = running().on(new Input.Listed(1, List.of(new ReportedDevice("d", Map.of(), false))));

        assertThat(only(story).name()).isEqualTo("c-" + DeviceHash.of("d" + AgentStory.NODE, true, ""));
        assertThat(only(story).shared()).isFalse();
    }

    @Test
    void two_ids_of_one_hash_are_one_instance_and_the_later_one_wins_silently() {
        var story = running("device-06523", "device-07340");

        assertThat(only(story).deviceId()).isEqualTo("device-07340");
        assertThat(only(story).environment()).containsEntry("MQTT_DEVICE_ID", "device-06523");
    }

    @Test
    void a_repeated_id_has_the_properties_of_its_last_entry() {
        var story = running()
                .on(new Input.Listed(1, List.of(device("d", Map.of("K", "1")), device("d", Map.of("K", "2")))));

        assertThat(only(story).brokerProperties()).containsExactly(Map.entry("K", "2"));
    }

    @Test
    void the_configurations_properties_lie_over_the_devices() {
        var story = new AgentStory();
        story.register("/h");
        story.apply(configuration("c", "mqtt", "details", Map.of("K", "configuration")))
                .answer(1)
                .on(new Input.Listed(1, List.of(device("d", Map.of("K", "device", "L", "device")))));

        assertThat(only(story).brokerProperties())
                .containsOnly(Map.entry("K", "configuration"), Map.entry("L", "device"));
        assertThat(only(story).environment()).containsEntry("K", "configuration");
    }

    @Test
    void a_workload_gets_each_property_twice() {
        var story = running().on(new Input.Listed(1, List.of(device("my_shared_device", Map.of("K", "v")))));

        assertThat(only(story).environment()).containsOnly(Map.entry("K", "v"), Map.entry("K_4294EA", "v"));
    }

    @Test
    void a_name_with_an_equals_sign_is_split_at_the_wrong_place() {
        var story = running().on(new Input.Listed(1, List.of(device("my_shared_device", Map.of("K=L", "v")))));

        assertThat(only(story).environment()).containsOnly(Map.entry("K", "L=v"), Map.entry("K_4294EA", "L=v"));
    }

    @Test
    void later_properties_reach_the_instance_and_never_the_workload() {
        var story = running()
                .on(new Input.Listed(1, List.of(device("d", Map.of("K", "old")))))
                .forget()
                .on(new Input.Listed(1, List.of(device("d", Map.of("K", "new")))));

        assertThat(story.changes()).containsExactly("~d");
        assertThat(only(story).brokerProperties()).containsEntry("K", "new");
        assertThat(only(story).environment()).containsEntry("K", "old");
    }

    @Test
    void an_instance_that_is_made_anew_takes_the_latest_properties() {
        var story = running()
                .on(new Input.Listed(1, List.of(device("d", Map.of("K", "old")))))
                .list(1)
                .on(new Input.Listed(1, List.of(device("d", Map.of("K", "new")))));

        assertThat(only(story).environment()).containsEntry("K", "new");
    }
}
