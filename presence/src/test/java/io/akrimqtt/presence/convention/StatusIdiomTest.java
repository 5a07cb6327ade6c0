package io.akrimqtt.presence.convention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What status payloads say. */
class StatusIdiomTest {

    private static final StatusIdiom PLAIN = StatusIdiom.of(StatusTopic.of("{device}/status"));

    private static Reading read(StatusIdiom idiom, String payload) {
        return idiom.read("d", payload.getBytes(UTF_8), Published.RETAINED);
    }

    private static Said said(StatusIdiom idiom, String payload) {
        var reading = read(idiom, payload);
        assertThat(reading.ignored()).isNull();
        return sighting(reading);
    }

    private static Said sighting(Reading reading) {
        var sighting = reading.sighting();
        assertThat(sighting).isNotNull();
        return sighting.said();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "online",
                "up",
                "1",
                "2",
                "true",
                "connected",
                "alive",
                "available",
                "ready",
                "running",
                "yes",
                "ONLINE",
                "Online",
                " Online\n",
                "online\0",
                "\uFEFFonline",
                "\uFEFF online \0",
                "\tonline\r\n",
                "{\"state\":\"online\"}",
                "{\"status\":\"Online\"}",
                "{\"online\":true}",
                "{\"connected\":1}",
                "{\"available\":\"yes\"}",
                "{\"presence\":\"alive\"}",
                "{\"connection\":\"up\"}",
                "{\"connectionState\":\"ONLINE\"}",
                "{\"alive\":true}",
                " {\"state\" : \"online\"} ",
                "{\"x\":{\"state\":\"offline\"},\"state\":\"online\"}",
                "{\"online\":false,\"state\":\"online\"}",
                "{\"state\":null,\"status\":\"online\"}"
            })
    void says_online(String payload) {
        assertThat(said(PLAIN, payload)).isEqualTo(Said.ONLINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offline",
                "down",
                "0",
                "false",
                "disconnected",
                "dead",
                "unavailable",
                "lost",
                "stopped",
                "no",
                "connection lost",
                "Connection Lost",
                "{\"state\":\"offline\"}",
                "{\"online\":false}",
                "{\"alive\":0}"
            })
    void says_offline(String payload) {
        assertThat(said(PLAIN, payload)).isEqualTo(Said.OFFLINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleeping", "sleep", "asleep", "Hibernating", "{\"connectionState\":\"HIBERNATING\"}"})
    void says_that_it_sleeps(String payload) {
        assertThat(said(PLAIN, payload)).isEqualTo(Said.SLEEPING);
    }

    @ParameterizedTest
    @CsvSource({
        "status, on, false", "status, off, false", "availability, on, false", "presence, off, false",
        "online, on, true", "online, off, true", "connected, on, true", "LWT, off, true"
    })
    void case_48_on_and_off_count_where_they_are_no_relay(String level, String word, boolean counts) {
        var reading = read(StatusIdiom.of(StatusTopic.of("{device}/" + level)), word);

        var expected = word.equals("on") ? Said.ONLINE : Said.OFFLINE;
        assertThat(sighting(reading)).isEqualTo(counts ? expected : Said.ACTIVITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":null}",
                "{\"state\":{\"a\":1}}",
                "{\"state\":[\"online\"]}",
                "{\"state\":\"online\"",
                "{\"state\":\"online\"}}",
                "{\"state\":\"online\"} x",
                "{",
                "{}",
                "{\"x\":1}",
                "{state:online}"
            })
    void case_70_json_without_a_clear_word_is_life_but_no_statement(String payload) {
        var reading = read(PLAIN, payload);

        assertThat(sighting(reading)).isEqualTo(Said.ACTIVITY);
        assertThat(reading.ignored()).isEqualTo(Ignored.MALFORMED_PAYLOAD);
    }

    @Test
    void case_70_json_of_ten_thousand_levels_is_ignored() {
        var deep = "{\"state\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThat(read(PLAIN, deep).ignored()).isEqualTo(Ignored.MALFORMED_PAYLOAD);
    }

    @Test
    void case_70_what_is_no_utf_8_is_life_but_no_statement() {
        var reading = PLAIN.read("d", new byte[] {'o', 'n', (byte) 0xC3, (byte) 0x28}, Published.RETAINED);

        assertThat(reading.ignored()).isEqualTo(Ignored.MALFORMED_PAYLOAD);
        assertThat(sighting(reading)).isEqualTo(Said.ACTIVITY);
    }

    @Test
    void case_70_a_megabyte_is_not_read() {
        assertThat(read(PLAIN, "x".repeat(1_000_000)).ignored()).isEqualTo(Ignored.PAYLOAD_TOO_LARGE);
        assertThat(read(PLAIN, "x".repeat(1_000)).ignored()).isEqualTo(Ignored.UNKNOWN_WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "on line", "online!", "online\0\0", "\"online\"", "3", " "})
    void other_words_are_life_but_no_statement(String payload) {
        var reading = read(PLAIN, payload);

        assertThat(sighting(reading)).isEqualTo(Said.ACTIVITY);
        assertThat(reading.ignored()).isEqualTo(Ignored.UNKNOWN_WORD);
    }

    @Test
    void an_empty_payload_takes_the_device_back_unless_it_is_known_to_be_a_passing_one() {
        assertThat(sighting(PLAIN.read("d", new byte[0], Published.RETAINED))).isEqualTo(Said.GONE);
        assertThat(sighting(PLAIN.read("d", new byte[0], Published.NOT_KNOWN))).isEqualTo(Said.GONE);
        assertThat(PLAIN.read("d", new byte[0], Published.NOT_RETAINED))
                .isEqualTo(Reading.nothing(Ignored.EMPTY_STATUS));
    }

    @Test
    void configured_words_replace_those_of_their_state_and_no_others() {
        var own = StatusIdiom.of(
                new StatusTopic("{device}/state", List.of("Heizt", "off"), List.of("aus"), List.of(), null));

        assertThat(said(own, "heizt")).isEqualTo(Said.ONLINE);
        assertThat(said(own, "off")).isEqualTo(Said.ONLINE);
        assertThat(said(own, "aus")).isEqualTo(Said.OFFLINE);
        assertThat(said(own, "sleeping")).isEqualTo(Said.SLEEPING);
        assertThat(read(own, "online").ignored()).isEqualTo(Ignored.UNKNOWN_WORD);
        assertThat(read(own, "offline").ignored()).isEqualTo(Ignored.UNKNOWN_WORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/state | {\"state\":\"online\"} | ONLINE",
                "/a/b | {\"a\":{\"c\":0,\"b\":false}} | OFFLINE",
                "/a/1 | {\"a\":[\"x\",\"sleep\"]} | SLEEPING",
                "/0/s | [{\"s\":1}] | ONLINE",
                "/a~1b | {\"a/b\":\"up\"} | ONLINE",
            })
    void a_json_pointer_finds_the_word(String pointer, String payload, Said expected) {
        var idiom = StatusIdiom.of(new StatusTopic("{device}/x", List.of(), List.of(), List.of(), pointer));

        assertThat(said(idiom, payload)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "{\"other\":\"online\"}", "{\"a\":{\"state\":\"online\"}}", "[\"online\"]"})
    void with_a_json_pointer_nothing_else_counts(String payload) {
        var idiom = StatusIdiom.of(new StatusTopic("{device}/x", List.of(), List.of(), List.of(), "/state"));

        assertThat(read(idiom, payload).ignored()).isEqualTo(Ignored.MALFORMED_PAYLOAD);
    }

    @Test
    void case_77_times_in_a_payload_have_no_influence() {
        assertThat(said(PLAIN, "{\"state\":\"online\",\"timestamp\":\"2099-01-01T00:00:00Z\"}"))
                .isEqualTo(Said.ONLINE);
    }
}
