package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups by the topics of their devices. */
class GroupLevelTest {

    private static final String TWO = """
            serverUrls: tcp://h
            topics: ['plant/{area}/{line}/cell/{device}/#', 'sites/{line}/+/data', 'plant/{area}/{line}/cell/{device}/#x']
            group: line
            """.replace("/#x", "/status");

    private static DiscoveryDetails details(String yaml) {
        return switch (DetailsParser.parse("d", yaml)) {
            case DetailsResult.Checked(var details) -> details;
            case DetailsResult.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    private static GroupLevel level(String yaml) {
        return details(yaml).grouping().orElseThrow();
    }

    @Test
    void a_devices_group_is_its_topic_up_to_the_level() {
        assertThat(level(TWO).groupOf("plant/north/l1/cell/d7")).contains("plant/north/l1");
        assertThat(level(TWO).groupOf("sites/l2/d7")).contains("sites/l2");
    }

    @Test
    void what_is_no_device_of_the_topics_is_in_no_group() {
        assertThat(level(TWO).groupOf("plant/north/l1")).isEmpty();
        assertThat(level(TWO).groupOf("plant/north//cell/d7"))
                .as("an empty level")
                .isEmpty();
        assertThat(level(TWO).groupOf("other/l1/d7")).isEmpty();
        assertThat(level(TWO).groupOf("a\0b/+/#")).isEmpty();
        assertThat(level(TWO).groupOf("")).isEmpty();
    }

    @Test
    void a_group_is_known_by_its_id_alone() {
        var group = level(TWO).identity("plant/north/l1").orElseThrow();

        assertThat(group.id()).isEqualTo("plant/north/l1");
        assertThat(group.name()).isEqualTo("l1");
        assertThat(group.levels()).isEqualTo(Map.of("area", "north", "line", "l1"));
        assertThat(level(TWO).identity("plant/north/l1/cell/d7")).isEmpty();
        assertThat(level(TWO).identity("plant/north/")).isEmpty();
        assertThat(level(TWO).identity("plant/+/l1")).isEmpty();
    }

    @Test
    void its_filters_cover_whoever_may_be_in_it() {
        assertThat(level(TWO).filters("plant/north/l1"))
                .containsExactly("plant/north/l1/cell/+/#", "plant/north/l1/cell/+/status");
        assertThat(level(TWO).members("plant/north/l1")).containsExactly("plant/north/l1/cell/+");
        assertThat(level(TWO).filters("sites/l2")).containsExactly("sites/l2/+/data");
    }

    @Test
    void the_first_level_may_be_the_group_and_names_may_be_given_by_number() {
        var first = level("serverUrls: tcp://h\ntopics: {topic: '{line}/a/+/+/#', device: 3}\ngroup: line\n");

        assertThat(first.groupOf("l1/a/b/d7")).contains("l1");
        assertThat(first.filters("l1")).containsExactly("l1/a/+/+/#");
        assertThat(level("serverUrls: tcp://h\ntopics: '/{line}/{device}'\ngroup: line\n")
                        .groupOf("/l1/d7"))
                .contains("/l1");
    }

    @Test
    void servers_with_devices_of_their_own_have_groups_of_their_own() {
        var level = level("""
                serverUrls: [{url: tcp://h, alias: A}, {url: tcp://i, alias: B}]
                topics: 'plant/{line}/{device}/#'
                scope: perBroker
                group: line
                """);

        assertThat(level.groupOf("A/plant/l1/d7")).contains("A/plant/l1");
        assertThat(level.groupOf("B/plant/l1/d7")).contains("B/plant/l1");
        assertThat(level.filters("A/plant/l1")).containsExactly("plant/l1/+/#");
        assertThat(level.identity("B/plant/l1").orElseThrow().name()).isEqualTo("l1");
    }

    @Test
    void literal_braces_stay_what_they_are() {
        var level = level("serverUrls: tcp://h\ntopics: 'a{{b}}/{line}/{device}'\ngroup: line\n");

        assertThat(level.groupOf("a{b}/l1/d7")).contains("a{b}/l1");
    }

    @Test
    void details_without_a_group_have_none_and_others_are_other_details() {
        var plain = details("serverUrls: tcp://h\ntopics: 'plant/{line}/{device}/#'\n");
        var grouped = details("serverUrls: tcp://h\ntopics: 'plant/{line}/{device}/#'\ngroup: line\n");

        assertThat(plain.grouping()).isEmpty();
        assertThat(grouped).isNotEqualTo(plain);
        assertThat(new WatchKey(grouped, Map.of()).digest(1)).isNotEqualTo(new WatchKey(plain, Map.of()).digest(1));
    }
}
