package io.akrimqtt.messaging.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

    @Test
    void matches_exactly_as_the_rules_say_in_a_small_world() {
        long compared = 0;
        for (var filter : SmallWorld.filters()) {
            var value = TopicFilter.of(filter);
            for (var topic : SmallWorld.topics()) {
                compared++;
                assertThat(value.matches(TopicName.of(topic)))
                        .as("%s matches %s", filter, topic)
                        .isEqualTo(NaiveMatcher.matches(filter, topic));
            }
        }
        assertThat(compared).isGreaterThan(20_000);
    }

    @ParameterizedTest
    @CsvSource({
        "a/#,a,true", "a/#,a/b/c,true", "a/#,ab,false", "+/b,/b,true", "+,/b,false", "#,$SYS/x,false",
        "+/x,$SYS/x,false", "$SYS/#,$SYS/x,true", "k/+/s,k/$d/s,true", "$share/g/a/+,a/b,true", "a/+,a/,true",
                "a/+,a,false"
    })
    void matches_the_examples_of_the_specification(String filter, String topic, boolean matches) {
        assertThat(TopicFilter.of(filter).matches(TopicName.of(topic))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "a/+,a/b,true",
        "a/b,a/+,false",
        "#,a/+/b,true",
        "#,$SYS/#,false",
        "+/x,$SYS/x,false",
        "a/#,a,true",
        "a/#,a/#,true",
        "a/+,a/#,false",
        "a/+/c,a/b/c,true",
        "a/+/c,a/b/d,false",
        "a/+,a/b/c,false",
        "a/+/c,a/b,false",
        "$share/g/#,a,false",
        "a,$share/g/a,false",
        "$share/g/a,$share/g/a,true"
    })
    void knows_what_covers_what(String filter, String other, boolean covers) {
        assertThat(TopicFilter.of(filter).covers(TopicFilter.of(other))).isEqualTo(covers);
    }

    @Test
    void what_a_filter_covers_it_matches_in_all_of_a_small_world() {
        var filters = SmallWorld.filters().stream()
                .filter(it -> it.split("/", -1).length <= 3)
                .map(TopicFilter::of)
                .toList();
        var topics = SmallWorld.topics().stream().map(TopicName::of).toList();
        int covered = 0;
        for (var filter : filters) {
            for (var other : filters) {
                if (filter.covers(other)) {
                    covered++;
                    assertThat(topics).allMatch(topic -> !other.matches(topic) || filter.matches(topic));
                }
            }
        }
        assertThat(covered).isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/#/b | has '#' at index 2 (expected: '#' only as the whole last level)",
                "a# | has '#' at index 1 (expected: '#' only as the whole last level)",
                "a/b+ | has '+' at index 3 beside other characters (expected: '+' as a whole level)",
                "+a | has '+' at index 0 beside other characters (expected: '+' as a whole level)",
                "$share/g | has no filter behind the share name (expected: $share/<name>/<filter>)",
                "$share//a | has no share name (expected: $share/<name>/<filter>)",
                "'' | is empty (expected: 1 to 65535 bytes of UTF-8)"
            })
    void says_where_a_filter_is_wrong(String filter, String problem) {
        assertThat(TopicFilter.problem(filter)).contains(problem);
        assertThatThrownBy(() -> TopicFilter.of(filter)).hasMessage("topic filter: '" + filter + "' " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\ud800", "\udc00a"})
    void takes_no_text_that_mqtt_cannot_carry(String text) {
        assertThat(TopicFilter.problem(text)).isPresent();
        assertThat(TopicName.problem(text)).isPresent();
    }

    @Test
    void counts_the_length_in_bytes() {
        assertThat(TopicName.problem("ü".repeat(32_767))).isEmpty();
        assertThat(TopicName.problem("ü".repeat(32_768)))
                .contains("is longer than 65535 bytes of UTF-8 (expected: 1 to 65535)");
    }

    @Test
    void a_topic_name_has_no_wildcards() {
        assertThat(TopicName.problem("a/+"))
                .contains("has the wildcard '+' at index 2 (expected: a topic without wildcards)");
        assertThatThrownBy(() -> TopicName.of("#"))
                .hasMessage("topic: '#' has the wildcard '#' at index 0 (expected: a topic without wildcards)");
    }
}
