package io.akrimqtt.messaging.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTemplateTest {

    private final TopicTemplate template = TopicTemplate.of("{device}/cmd/{request}/{command}");

    @Test
    void is_filled_step_by_step_and_becomes_a_topic() {
        var filled = template.fill("device", TopicName.of("plant/robot-7"))
                .fill("request", "")
                .fill("unknown", "x");

        assertThat(filled).hasToString("plant/robot-7/cmd//{command}");
        assertThat(filled.open()).containsExactly("command");
        assertThat(filled.filter()).isEqualTo(TopicFilter.of("plant/robot-7/cmd//+"));
        assertThat(filled.fill("command", "start").topic()).isEqualTo(TopicName.of("plant/robot-7/cmd//start"));
        assertThatThrownBy(filled::topic)
                .hasMessage("topic template: 'plant/robot-7/cmd//{command}' still has open levels [command]");
    }

    @Test
    void gives_the_values_of_its_open_levels_back() {
        assertThat(template.match(TopicName.of("r/cmd/17/start")))
                .contains(Map.of("device", "r", "request", "17", "command", "start"));
        assertThat(template.match(TopicName.of("r/res/17/start"))).isEmpty();
        assertThat(template.match(TopicName.of("r/cmd/17"))).isEmpty();
        assertThat(TopicTemplate.of("{x}/{x}").match(TopicName.of("a/b"))).isEmpty();
        assertThat(TopicTemplate.of("{x}/{x}").match(TopicName.of("a/a"))).contains(Map.of("x", "a"));
    }

    @Test
    void a_value_never_turns_into_a_placeholder() {
        var filled = TopicTemplate.of("{device}/{command}").fill("device", TopicName.of("{command}/}{"));

        assertThat(filled).hasToString("{{command}}/}}{{/{command}");
        assertThat(TopicTemplate.of(filled.toString())).isEqualTo(filled);
        assertThat(filled.fill("command", "x").topic()).isEqualTo(TopicName.of("{command}/}{/x"));
        assertThat(filled.match(TopicName.of("{command}/}{/y"))).contains(Map.of("command", "y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/x{device} | has '{' at index 3 (expected: '{name}' as a whole level; '{{' and '}}' for braces themselves)",
                "a/{} | has '{' at index 2 (expected: '{name}' as a whole level; '{{' and '}}' for braces themselves)",
                "a/b} | has '}' at index 3 (expected: '{name}' as a whole level; '{{' and '}}' for braces themselves)",
                "a/+ | has the wildcard '+' at index 2 (expected: a topic without wildcards)",
                "'' | is empty (expected: 1 to 65535 bytes of UTF-8)"
            })
    void says_where_a_template_is_wrong(String text, String problem) {
        assertThat(TopicTemplate.problem(text)).contains(problem);
        assertThatThrownBy(() -> TopicTemplate.of(text)).hasMessage("topic template: '" + text + "' " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b | command: 'a/b' has more than one level (expected: no '/')",
                "# | command: '#' has the wildcard '#' at index 0 (expected: a topic without wildcards)"
            })
    void takes_no_value_that_would_reach_other_topics(String value, String problem) {
        assertThatThrownBy(() -> template.fill("command", value)).hasMessage(problem);
    }
}
