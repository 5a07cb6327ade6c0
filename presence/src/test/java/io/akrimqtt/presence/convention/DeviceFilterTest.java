package io.akrimqtt.presence.convention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.topic.TopicName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which level of a filter is the device. */
class DeviceFilterTest {

    @ParameterizedTest
    @CsvSource({
        "akri-devices/Device23920/temp, akri-devices/Device23920/temp, akri-devices/Device23920, Device23920",
        "robots/+/joints, robots/r7/joints, robots/r7, r7",
        "system/subsystem1/device2032/#, system/subsystem1/device2032/a/b, system/subsystem1/device2032, device2032",
        "robots/+/battery, robots/r7/battery, robots/r7, r7",
        "shellies/+/relay/+, shellies/s1/relay/0, shellies/s1, s1",
        "plant/{area}/line/{device}/#, plant/a/line/m3/t, plant/a/line/m3, m3",
        "sensor1, sensor1, sensor1, sensor1",
        "a/+/#, a/x, a/x, x",
        "plant/{area}/line/+/#, plant/a/line/m3/t, plant/a/line/m3, m3",
        "plant/{area}/#, plant/a/x, plant/a, a",
        "/robots/+/joints, /robots/r7/joints, /robots/r7, r7",
        "robots/{{x}}/temp, robots/{x}/temp, robots/{x}, {x}",
        "$mine/+/temp, $mine/d/temp, $mine/d, d",
        "+/#, d/x/y, d, d",
    })
    void a_filter_tells_its_devices(String filter, String topic, String id, String name) {
        var device = DeviceFilter.parse(filter).identify(TopicName.of(topic)).orElseThrow();

        assertThat(device.id()).isEqualTo(id);
        assertThat(device.name()).isEqualTo(name);
    }

    @Test
    void named_levels_before_the_device_are_its_properties() {
        var filter = DeviceFilter.parse("plant/{area}/line/{device}/{kind}");

        assertThat(filter.identify(TopicName.of("plant/a/line/m3/t"))
                        .orElseThrow()
                        .levels())
                .isEqualTo(Map.of("area", "a"));
        assertThat(filter.filter().value()).isEqualTo("plant/+/line/+/+");
        assertThat(filter.filterFor("plant/a/line/m3")).isEqualTo("plant/a/line/m3/+");
    }

    @ParameterizedTest
    @CsvSource({
        "#, names no device level",
        "a//#, empty device level",
        "$share/g/robots/+/x, shared subscription",
        "a/{device}/{device}, names two levels",
        "a/#/b, '#'",
        "a+, '+'",
        "{a}{b}/x, letters",
        "a{b}/x, brace inside a level",
        "a/b}/x, brace inside a level",
        "'{a b}/x', letters",
        "'', is empty",
    })
    void what_is_no_filter_is_refused_with_the_reason(String filter, String reason) {
        assertThat(DeviceFilter.problem(filter).orElseThrow()).contains(reason);
        assertThatThrownBy(() -> DeviceFilter.parse(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_shared_subscription_is_refused_with_the_filter_to_write_instead() {
        assertThat(DeviceFilter.problem("$share/g/robots/+/x").orElseThrow()).contains("(expected: robots/+/x)");
    }

    @Test
    void control_characters_are_no_braces() {
        assertThat(DeviceFilter.parse("a/\1x\2/t").filter().value()).isEqualTo("a/\1x\2/t");
    }

    @ParameterizedTest
    @CsvSource({"robots//joints", "/robots/r7/joints", "robots/r7/joints/", "Robots/r7/joints", "robots/r7/Joints"})
    void case_73_other_topics_are_no_devices(String topic) {
        assertThat(DeviceFilter.parse("robots/+/joints").identify(TopicName.of(topic)))
                .isEmpty();
    }

    @Test
    void reserved_topics_match_only_filters_that_write_the_dollar() {
        assertThat(DeviceFilter.parse("+/#").identify(TopicName.of("$SYS/broker")))
                .isEmpty();
        assertThat(DeviceFilter.parse("k/+/status").identify(TopicName.of("k/$dollar/status")))
                .isPresent();
    }

    @Test
    void a_long_bad_filter_is_cut_in_the_error() {
        assertThatThrownBy(() -> DeviceFilter.parse("a+" + "x".repeat(10_000)))
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(400));
    }
}
