package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static void pass(Findings findings, SystemFacts facts, String... topics) {
        findings.begin();
        for (var topic : topics) {
            findings.add(topic, Said.ONLINE);
        }
        findings.end(facts, false);
    }

    private static SystemFacts retaining(long count) {
        return new SystemFacts(Optional.empty(), OptionalLong.of(count), OptionalLong.empty());
    }

    @Test
    void case_67_two_passes_in_a_row_must_add_nothing() {
        var findings = new Findings(List.of(TopicFilter.of("a/+/b")));
        pass(findings, SystemFacts.NONE, "x");
        pass(findings, SystemFacts.NONE, "x");
        assertThat(findings.wanting()).isTrue();
        pass(findings, SystemFacts.NONE, "x", "y");
        pass(findings, SystemFacts.NONE, "y", "x", "x");
        assertThat(findings.wanting()).isTrue();
        assertThat(findings.complete()).isFalse();
        pass(findings, SystemFacts.NONE, "x", "y");
        assertThat(findings.wanting()).isFalse();
        assertThat(findings.complete()).isTrue();
    }

    @Test
    void case_67_passes_that_lack_what_was_found_before_prove_nothing() {
        var findings = new Findings(List.of(TopicFilter.of("a/+/b")));
        pass(findings, SystemFacts.NONE, "x", "y", "z");
        for (int i = 0; i < 5; i++) {
            assertThat(findings.wanting()).isTrue();
            pass(findings, SystemFacts.NONE, "x");
            pass(findings, SystemFacts.NONE, "x", "y");
        }
        assertThat(findings.wanting()).isFalse();
        assertThat(findings.complete()).isFalse();
    }

    @Test
    void a_message_that_is_taken_back_meanwhile_does_not_keep_a_reading_from_its_end() {
        var findings = new Findings(List.of(TopicFilter.of("a/+/b")));
        pass(findings, SystemFacts.NONE, "x", "y", "z");
        pass(findings, SystemFacts.NONE, "x", "y");
        pass(findings, SystemFacts.NONE, "x", "y");
        pass(findings, SystemFacts.NONE, "x", "y");

        assertThat(findings.wanting()).isFalse();
        assertThat(findings.complete()).isTrue();
    }

    @Test
    void case_67_a_reading_that_adds_something_for_ever_ends_incomplete() {
        var findings = new Findings(List.of(TopicFilter.of("a/+/b")));
        for (int i = 0; i < 100; i++) {
            assertThat(findings.wanting()).isTrue();
            pass(findings, SystemFacts.NONE, "x" + i);
        }
        assertThat(findings.wanting()).isFalse();
        assertThat(findings.complete()).isFalse();
    }

    @Test
    void case_67_a_reading_of_everything_that_is_shorter_than_the_server_says_is_not_complete() {
        var everything = new Findings(List.of(TopicFilter.of("+/#")));
        for (int i = 0; i < 4; i++) {
            assertThat(everything.wanting()).isTrue();
            pass(everything, retaining(1_000));
        }
        assertThat(everything.wanting()).isFalse();
        assertThat(everything.complete()).isFalse();

        var some = new Findings(List.of(TopicFilter.of("a/#")));
        pass(some, retaining(1_000));
        pass(some, retaining(1_000));
        assertThat(some.complete()).isTrue();
    }

    @Test
    void case_67_a_reading_of_which_a_part_was_refused_is_not_complete() {
        var findings = new Findings(List.of(TopicFilter.of("a/+/b")));
        findings.begin();
        findings.end(SystemFacts.NONE, true);
        findings.begin();
        findings.end(SystemFacts.NONE, true);

        assertThat(findings.wanting()).isFalse();
        assertThat(findings.complete()).isFalse();
    }

    @Test
    void what_a_topic_says_is_told_once_and_again_where_it_changes() {
        var findings = new Findings(List.of(TopicFilter.of("a/#")));

        assertThat(findings.add("x", Said.ONLINE)).isTrue();
        assertThat(findings.add("x", Said.ONLINE)).isFalse();
        assertThat(findings.add("x", Said.OFFLINE)).isTrue();
    }

    private static SystemFacts told(String topic, String text) {
        return SystemFacts.NONE.with(
                Message.to(TopicName.of("$SYS/broker/" + topic)).text(text).build(), NOW);
    }

    @Test
    void a_servers_age_and_counts_are_read() {
        assertThat(told("uptime", "123 seconds").startedAt()).contains(NOW.minusSeconds(123));
        assertThat(told("retained messages/count", "54").retained()).hasValue(54);
        assertThat(told("publish/messages/dropped", "7").dropped()).hasValue(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seconds", "-1", "1d 3h", "12x", "999999999999999999999", "99999999999999999 seconds"})
    void an_age_that_is_none_is_not_known(String text) {
        assertThat(told("uptime", text)).isEqualTo(SystemFacts.NONE);
    }
}
