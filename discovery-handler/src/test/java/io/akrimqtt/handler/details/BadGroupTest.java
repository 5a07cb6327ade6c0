package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole text of each problem with {@code group}; each test is named after what is wrong. */
class BadGroupTest {

    private static List<String> problems(String yaml) {
        var result = DetailsParser.parse("d", yaml);
        return result instanceof DetailsResult.Refused(var problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private static List<String> inBase(String rest) {
        return problems("serverUrls: tcp://h\ntopics: robots/+/joints\n" + rest);
    }

    @Test
    void a_group_that_is_a_level_of_no_filter() {
        assertThat(problems("serverUrls: tcp://h\ntopics: 'plant/{area}/{line}/{device}/#'\ngroup: lien\n"))
                .containsExactly("d:3:8: group: 'lien', a level of no filter, did you mean line? "
                        + "(expected: a level above the device in each of topics: area or line)");
        assertThat(inBase("group: gateway\n"))
                .containsExactly("d:3:8: group: 'gateway', a level of no filter "
                        + "(expected: the name of a level above the device, such as line for {line})");
    }

    @Test
    void a_group_that_is_not_above_the_device() {
        assertThat(problems("serverUrls: tcp://h\ntopics: 'plant/{line}/{device}/{part}/#'\ngroup: device\n"))
                .containsExactly("d:3:8: group: 'device', the device's own level in 'plant/{line}/{device}/{part}/#' "
                        + "(expected: a level above the device in each of topics: line)");
        assertThat(problems("serverUrls: tcp://h\ntopics: 'plant/{line}/{device}/{part}/#'\ngroup: part\n"))
                .containsExactly("d:3:8: group: 'part', a level below the device in 'plant/{line}/{device}/{part}/#' "
                        + "(expected: a level above the device in each of topics: line)");
    }

    @Test
    void a_group_that_not_all_topics_have() {
        assertThat(problems(
                        "serverUrls: tcp://h\ntopics: ['plant/{line}/{device}/#', 'robots/+/joints']\ngroup: line\n"))
                .containsExactly("d:3:8: group: 'line', which 'robots/+/joints' does not have "
                        + "(expected: a level {line} above the device in each of topics)");
    }

    @Test
    void a_group_that_is_no_text() {
        assertThat(inBase("group: [line]\n"))
                .containsExactly(
                        "d:3:8: group: a list (expected: the name of a level above the device, such as line for {line})");
        assertThat(inBase("group:\n"))
                .containsExactly(
                        "d:3:7: group: nothing (expected: the name of a level above the device, such as line for {line})");
    }
}
