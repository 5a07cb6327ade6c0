package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.serving.CommaList;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicePropertiesTest {

    @Test
    void say_all_that_a_workload_needs() {
        var details = Samples.details("""
                serverUrls: [tcp://h, ssl://h]
                topics: robots/+/joints
                presence: {status: "{device}/state"}
                commands: {topic: "{device}/cmd/{request}/{command}", response: "{device}/res/{request}/{status}"}
                """);

        assertThat(DeviceProperties.of(details, device("robots/r,7", true, Map.of("area", "north"))))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("MQTT_DEVICE_ID", "robots/r,7"),
                        Map.entry("MQTT_DEVICE_NAME", "r,7"),
                        Map.entry("MQTT_SERVER_URLS", "tcp://h:1883,ssl://h:8883"),
                        Map.entry("MQTT_TOPICS", "robots/r\\,7/joints"),
                        Map.entry("MQTT_COMMAND_TOPIC", "robots/r,7/cmd/{request}/{command}"),
                        Map.entry("MQTT_RESPONSE_TOPIC", "robots/r,7/res/{request}/{status}"),
                        Map.entry("MQTT_STATUS_TOPIC", "robots/r,7/state"),
                        Map.entry("MQTT_CONVENTION", "topics"),
                        Map.entry("MQTT_LEVEL_AREA", "north"),
                        Map.entry("MQTT_REPORTED_BY", "akri-mqtt")));
    }

    @Test
    void leave_out_what_the_details_do_not_say() {
        assertThat(DeviceProperties.of(Samples.details(), device("robots/r7")))
                .doesNotContainKeys("MQTT_COMMAND_TOPIC", "MQTT_RESPONSE_TOPIC", "MQTT_STATUS_TOPIC");
    }

    @Test
    void have_names_that_are_c_identifiers_and_values_without_control_characters() {
        var properties = DeviceProperties.of(
                Samples.details(), device("robots/r7", true, Map.of("a_1", "x\u0000\n\r\u007f\u0085y", "B", "z")));

        assertThat(properties.keySet()).allMatch(name -> name.matches("[A-Z_][A-Z0-9_]*"));
        assertThat(properties).containsEntry("MQTT_LEVEL_A_1", "xy").containsEntry("MQTT_LEVEL_B", "z");
    }

    @Test
    void are_cut_at_1024_bytes_between_characters() {
        var properties =
                DeviceProperties.of(Samples.details(), device("robots/r7", true, Map.of("long", "ü€".repeat(1000))));

        var value = properties.getOrDefault("MQTT_LEVEL_LONG", "");
        assertThat(value.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1021, 1024);
        assertThat(value).matches("(ü€)*ü?");
    }

    @Test
    void cut_no_filter_but_name_the_one_that_covers_them_all() {
        var plain = device("robots/r7");
        var filters = Collections.nCopies(100, "robots/r7/" + "x".repeat(50));
        var device = new TrackedDevice(
                plain.id(), plain.name(), plain.presence(), true, Map.of(), filters, plain.evidence(), List.of());

        var value = DeviceProperties.of(Samples.details(), device).getOrDefault("MQTT_TOPICS", "");

        assertThat(CommaList.split(value)).containsExactly("robots/r7/#");
    }

    @Test
    void leave_out_a_topic_that_would_have_to_be_cut() {
        var details = Samples.details("""
                serverUrls: tcp://h
                topics: robots/+/joints
                commands: {topic: "{device}/%s/{command}"}
                """.formatted("x".repeat(100)));

        assertThat(DeviceProperties.of(details, device("robots/" + "{".repeat(480))))
                .doesNotContainKey("MQTT_COMMAND_TOPIC");
    }

    @Test
    void never_let_a_brace_in_an_id_pass_for_a_placeholder() {
        var details = Samples.details("""
                serverUrls: tcp://h
                topics: robots/+/joints
                commands: {topic: "{device}/cmd/{command}"}
                """);

        assertThat(DeviceProperties.of(details, device("robots/{command}")))
                .containsEntry("MQTT_COMMAND_TOPIC", "robots/{{command}}/cmd/{command}")
                .containsEntry("MQTT_DEVICE_ID", "robots/{command}");
    }

    @Test
    void tell_a_way_of_asking_that_is_not_the_usual_one() {
        var details = Samples.details("""
                serverUrls: tcp://h
                topics: zigbee2mqtt/+/#
                commands: {topic: "{device}/set", response: "{device}", way: state-echo}
                """);

        assertThat(DeviceProperties.of(details, device("zigbee2mqtt/lamp")))
                .containsEntry("MQTT_COMMAND_TOPIC", "zigbee2mqtt/lamp/set")
                .containsEntry("MQTT_RESPONSE_TOPIC", "zigbee2mqtt/lamp")
                .containsEntry("MQTT_COMMAND_WAY", "state-echo");
    }
}
