package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicCoverTest {

    private static List<TopicFilter> filters(String... texts) {
        return List.of(texts).stream().map(TopicFilter::of).toList();
    }

    @Test
    void what_another_filter_says_already_goes() {
        assertThat(TopicCover.reduce(filters("a/b", "a/+", "a/#", "b/+/c", "a/#", "b/x/c")))
                .containsExactlyElementsOf(filters("a/#", "b/+/c"));
    }

    @Test
    void what_overlaps_in_part_stays() {
        assertThat(TopicCover.reduce(filters("a/+/c", "a/b/+"))).hasSize(2);
    }

    @Test
    void shared_subscriptions_stay() {
        assertThat(TopicCover.reduce(filters("$share/g/a/#", "a/#", "a/b"))).hasSize(2);
    }

    /** Every filter of up to three levels over a small alphabet against every topic: small scope, but every corner of it. */
    @Test
    void covers_exactly_what_matches() {
        var topics = texts(List.of("a", "b", "", "$"), 4).stream()
                .filter(text -> TopicName.problem(text).isEmpty())
                .map(TopicName::of)
                .toList();
        var filters = texts(List.of("a", "$", "+", "#"), 3).stream()
                .filter(text -> TopicFilter.problem(text).isEmpty())
                .map(TopicFilter::of)
                .toList();

        for (var wide : filters) {
            for (var narrow : filters) {
                if (narrow.value().equals("#") && wide.value().equals("+/#")) {
                    continue; // They match the same; one of them must stay.
                }
                var expected = topics.stream().allMatch(topic -> !narrow.matches(topic) || wide.matches(topic));
                assertThat(TopicCover.covers(wide, narrow))
                        .as(wide + " covers " + narrow)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<String> texts(List<String> levels, int depth) {
        var all = new ArrayList<String>();
        var longest = List.of("");
        for (int i = 0; i < depth; i++) {
            boolean first = i == 0;
            longest = longest.stream()
                    .flatMap(text -> levels.stream().map(level -> first ? level : text + "/" + level))
                    .toList();
            all.addAll(longest);
        }
        return all;
    }
}
