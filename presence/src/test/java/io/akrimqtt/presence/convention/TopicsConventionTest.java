package io.akrimqtt.presence.convention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which device a message belongs to, and what it says about it. */
class TopicsConventionTest {

    private static final TopicsConvention ROBOTS = convention("robots/+/joints");

    private static TopicsConvention convention(String... filters) {
        return with(StatusTopic.DEFAULTS, null, filters);
    }

    private static TopicsConvention with(List<StatusTopic> status, @Nullable String command, String... filters) {
        return TopicsConvention.of(Stream.of(filters).map(DeviceFilter::parse).toList(), status, command);
    }

    private static Reading read(TopicsConvention convention, String topic, String payload) {
        return convention.read(TopicName.of(topic), payload.getBytes(UTF_8), Published.NOT_RETAINED);
    }

    private static List<String> filters(TopicsConvention convention) {
        return convention.filters().stream().map(TopicFilter::value).toList();
    }

    @Test
    void telemetry_is_a_sign_of_life() {
        assertThat(read(ROBOTS, "robots/r7/joints", "offline")).isEqualTo(Reading.of("robots/r7", Said.ACTIVITY));
        assertThat(read(ROBOTS, "robots/r7/joints", "")).isEqualTo(Reading.of("robots/r7", Said.ACTIVITY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "availability", "online", "LWT", "connected", "presence", "connection"})
    void a_last_will_beside_the_telemetry_counts_without_any_setting(String level) {
        assertThat(read(ROBOTS, "robots/r7/" + level, "offline")).isEqualTo(Reading.of("robots/r7", Said.OFFLINE));
    }

    @Test
    void case_48_state_is_no_status_unless_it_is_configured() {
        var all = convention("x/+/#");

        assertThat(read(all, "x/d/state", "offline")).isEqualTo(Reading.of("x/d", Said.ACTIVITY));
        assertThat(read(with(List.of(StatusTopic.of("{device}/state")), null, "x/+/#"), "x/d/state", "offline"))
                .isEqualTo(Reading.of("x/d", Said.OFFLINE));
    }

    @Test
    void with_the_idiom_turned_off_a_status_is_a_message_like_others() {
        var none = with(List.of(), null, "robots/+/#");

        assertThat(read(none, "robots/r7/status", "offline")).isEqualTo(Reading.of("robots/r7", Said.ACTIVITY));
        assertThat(filters(none)).containsExactly("robots/+/#");
    }

    @Test
    void subscribes_to_the_filters_and_to_the_status_topics_beside_them() {
        var status = List.of(StatusTopic.of("{device}/status"));

        assertThat(filters(
                        with(status, null, "robots/+/joints", "robots/+/battery", "a/Device1/temp", "s/d/#", "lone")))
                .containsExactly(
                        "robots/+/joints",
                        "robots/+/battery",
                        "a/Device1/temp",
                        "s/d/#",
                        "lone",
                        "robots/+/status",
                        "a/Device1/status",
                        "lone/status");
    }

    @Test
    void the_parts_of_a_robot_are_one_device_whose_filters_are_told() {
        var both = convention("robots/+/joints", "robots/+/battery", "drones/+/#");

        assertThat(both.filtersOf("robots/r7")).containsExactly("robots/r7/joints", "robots/r7/battery");
        assertThat(both.identity("robots/r7").orElseThrow().name()).isEqualTo("r7");
        assertThat(both.identity("cars/c1")).isEmpty();
    }

    @Test
    void where_two_filters_give_two_ids_the_first_decides() {
        var overlapping = convention("a/+/#", "a/b/{device}/temp");
        var other = convention("a/b/{device}/temp", "a/+/#");

        assertThat(read(overlapping, "a/b/c/temp", "1")).isEqualTo(Reading.of("a/b", Said.ACTIVITY));
        assertThat(read(other, "a/b/c/temp", "1")).isEqualTo(Reading.of("a/b/c", Said.ACTIVITY));
        assertThat(read(other, "a/b/c/status", "offline")).isEqualTo(Reading.of("a/b/c", Said.OFFLINE));
    }

    @Test
    void a_status_filter_in_full_joins_the_devices_of_the_same_topic() {
        var tele = with(List.of(StatusTopic.of("tele/{device}/LWT")), null, "tele/+/SENSOR");

        assertThat(read(tele, "tele/lamp/LWT", "Offline")).isEqualTo(Reading.of("tele/lamp", Said.OFFLINE));
    }

    @Test
    void a_status_filter_elsewhere_joins_by_the_devices_name() {
        var elsewhere = with(List.of(StatusTopic.of("presence/{device}")), null, "data/+/temp");
        var named = with(List.of(StatusTopic.of("presence/{area}/{device}")), null, "plant/{area}/line/{device}/#");

        assertThat(read(elsewhere, "presence/d1", "online")).isEqualTo(Reading.of("data/d1", Said.ONLINE));
        assertThat(filters(elsewhere)).containsExactly("data/+/temp", "presence/+");
        assertThat(read(named, "presence/a/m3", "online")).isEqualTo(Reading.of("plant/a/line/m3", Said.ONLINE));
    }

    @Test
    void what_is_sent_to_a_device_is_no_sign_of_its_life_but_its_answer_is() {
        var commands = with(StatusTopic.DEFAULTS, "{device}/cmd/{command}", "robots/+/#");

        assertThat(read(commands, "robots/r7/cmd/reset", "x")).isEqualTo(Reading.nothing(Ignored.COMMAND));
        assertThat(read(commands, "robots/r7/res/reset", "x")).isEqualTo(Reading.of("robots/r7", Said.ACTIVITY));
        assertThat(read(commands, "robots/r7/cmd/reset/x", "x")).isEqualTo(Reading.of("robots/r7", Said.ACTIVITY));
        assertThat(read(
                        with(StatusTopic.DEFAULTS, "{device}/cmd/{request}/{command}", "robots/+/#"),
                        "robots/r7/cmd/17/reset",
                        "x"))
                .isEqualTo(Reading.nothing(Ignored.COMMAND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"akri-mqtt/workloads/x", "akri-mqtt/fence/x", "akri-mqtt"})
    void our_own_traffic_is_no_device(String topic) {
        assertThat(read(convention("+/#"), topic, "online")).isEqualTo(Reading.nothing(Ignored.OWN_TOPIC));
        assertThat(read(convention("+/#"), "akri-mqtt2/x", "online").sighting()).isNotNull();
    }

    @Test
    void case_73_an_empty_device_level_is_ignored_and_counted() {
        assertThat(read(ROBOTS, "robots//joints", "1")).isEqualTo(Reading.nothing(Ignored.EMPTY_DEVICE));
        assertThat(read(ROBOTS, "/robots/r7/joints", "1")).isEqualTo(Reading.nothing(Ignored.NO_DEVICE));
        assertThat(read(ROBOTS, "robots/r7/joints/", "1")).isEqualTo(Reading.nothing(Ignored.NO_DEVICE));
    }

    @Test
    void reserved_topics_are_nobodys_unless_they_are_written() {
        assertThat(read(convention("+/#"), "$SYS/broker/uptime", "1")).isEqualTo(Reading.nothing(Ignored.NO_DEVICE));
        assertThat(read(convention("$mine/+/t"), "$mine/d/t", "1")).isEqualTo(Reading.of("$mine/d", Said.ACTIVITY));
    }

    @Test
    void case_72_ids_are_kept_as_they_are() {
        for (var id : List.of("a b", "ü", "🙂", "$dollar", "..", "%2F", "\"'", "x\u0001y")) {
            assertThat(read(ROBOTS, "robots/" + id + "/joints", "1"))
                    .isEqualTo(Reading.of("robots/" + id, Said.ACTIVITY));
        }
    }

    @Test
    void wide_filters_cover_narrow_ones() {
        assertThat(covers("a/#", "a")).isTrue();
        assertThat(covers("a/+", "a/b")).isTrue();
        assertThat(covers("a/+/#", "a/b")).isTrue();
        assertThat(covers("#", "a/+/b")).isTrue();
        assertThat(covers("a/+", "a/#")).isFalse();
        assertThat(covers("a/b", "a/+")).isFalse();
        assertThat(covers("+/#", "$SYS/#")).isFalse();
        assertThat(covers("a/+/b", "a/b")).isFalse();
    }

    private static boolean covers(String wide, String narrow) {
        return Coverage.covers(TopicFilter.of(wide), TopicFilter.of(narrow));
    }
}
