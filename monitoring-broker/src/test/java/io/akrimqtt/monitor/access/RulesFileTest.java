package io.akrimqtt.monitor.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {

    @Test
    void rules_allow_what_they_say() {
        var rules = RulesFile.read("r.yaml", """
                        rules:
                          - caller: "token:op-*"
                            commands: [start, "set-*"]
                          - caller: anyone
                            read: true
                        """).rules();
        var operator = Caller.proved("token:op-1", List.of("token:op-1"));

        assertThat(rules.mayCommand(operator, "start")).isTrue();
        assertThat(rules.mayCommand(operator, "set-speed")).isTrue();
        assertThat(rules.mayCommand(operator, "stop")).isFalse();
        assertThat(rules.mayRead(operator)).isTrue();
        assertThat(rules.mayCommand(Caller.ANYONE, "start")).isFalse();
        assertThat(rules.mayRead(Caller.ANYONE)).isTrue();
    }

    @Test
    void each_problem_says_where_it_is() {
        var read = RulesFile.read("r.yaml", """
                        rules:
                          - caller: "robot"
                            commands: [a/b]
                          - callers: anyone
                            read: maybe
                          - caller: anyone
                        rule: x
                        """);

        assertThat(read.problems())
                .containsExactly(
                        "r.yaml:2:13: rules[0].caller: 'robot' (expected: certificate:<subject>, token:<subject>,"
                                + " group:<group>, mqtt or anyone, with * for any characters)",
                        "r.yaml:3:16: rules[0].commands: 'a/b' (expected: a command's name, with * for any"
                                + " characters)",
                        "r.yaml:4:5: rules[1].callers: is not known (expected: caller, commands, read)",
                        "r.yaml:5:11: rules[1].read: 'maybe' (expected: true or false)",
                        "r.yaml:4:5: rules[1]: has no 'caller' (expected: certificate:<subject>, token:<subject>,"
                                + " group:<group>, mqtt or anyone, with * for any characters)",
                        "r.yaml:6:5: rules[2]: allows nothing (expected: commands, or read: true)",
                        "r.yaml:7:1: rule: is not known (expected: rules)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "rules: 7", "rules: []", "rules: [", "a: &a [*a]", "x"})
    void what_holds_no_rules_is_a_problem(String text) {
        assertThat(RulesFile.read("r.yaml", text).problems()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*,abc,true",
        "a*c,abc,true",
        "a*c,abd,false",
        "ab,abc,false",
        "a**,a,true",
        "*b*b*,abab,true",
        "'',a,false"
    })
    void a_star_stands_for_any_characters(String pattern, String text, boolean fits) {
        assertThat(Pattern.matches(pattern, text)).isEqualTo(fits);
    }
}
