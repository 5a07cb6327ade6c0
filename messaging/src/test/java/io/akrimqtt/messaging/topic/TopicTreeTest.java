package io.akrimqtt.messaging.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTreeTest {

    private final TopicTree<String> tree = new TopicTree<>();

    private List<String> found(String topic) {
        return tree.matching(TopicName.of(topic));
    }

    @Test
    void finds_all_filters_of_a_small_world_that_match_and_no_other() {
        var filters = SmallWorld.filters();
        filters.forEach(filter -> tree.add(TopicFilter.of(filter), filter));
        for (var topic : SmallWorld.topics()) {
            assertThat(found(topic))
                    .as(topic)
                    .containsExactlyInAnyOrderElementsOf(filters.stream()
                            .filter(filter -> NaiveMatcher.matches(filter, topic))
                            .toList());
        }
        filters.forEach(filter ->
                assertThat(tree.remove(TopicFilter.of(filter), filter)).isTrue());
        assertThat(tree.isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void stays_right_while_filters_come_and_go(long seed) {
        var random = new Random(seed);
        var all = SmallWorld.filters();
        var topics = SmallWorld.topics();
        var there = new ArrayList<String>();
        for (int step = 0; step < 2_000; step++) {
            var filter = all.get(random.nextInt(all.size()));
            if (random.nextBoolean()) {
                tree.add(TopicFilter.of(filter), filter);
                there.add(filter);
            } else {
                assertThat(tree.remove(TopicFilter.of(filter), filter)).isEqualTo(there.remove(filter));
            }
            var topic = topics.get(random.nextInt(topics.size()));
            assertThat(found(topic))
                    .containsExactlyInAnyOrderElementsOf(there.stream()
                            .filter(it -> NaiveMatcher.matches(it, topic))
                            .toList());
        }
    }

    @Test
    void a_shared_subscription_stands_for_what_it_matches() {
        tree.add(TopicFilter.of("$share/group/a/+"), "x");
        assertThat(found("a/b")).containsExactly("x");
        assertThat(found("$share/group/a/b")).isEmpty();
    }

    @Test
    void the_same_value_may_be_there_twice() {
        tree.add(TopicFilter.of("a"), "x");
        tree.add(TopicFilter.of("a"), "x");
        assertThat(tree.remove(TopicFilter.of("a"), "x")).isTrue();
        assertThat(found("a")).containsExactly("x");
        assertThat(tree.remove(TopicFilter.of("a"), "y")).isFalse();
    }
}
