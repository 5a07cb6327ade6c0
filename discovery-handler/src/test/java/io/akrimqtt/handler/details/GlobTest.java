package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "robots/test-*, robots/test-1, true",
        "robots/test-*, robots/test-, true",
        "robots/test-*, robots/Test-1, false",
        "robots/*, robots/a/b, true",
        "*, anything, true",
        "'', '', true",
        "'', a, false",
        "'**', '', true",
        "?, '', false",
        "r?, r7, true",
        "r?, r77, false",
        "r?, 'r🤖', true",
        "*7, r7, true",
        "*7, r78, false",
        "a*b*c, aXbYc, true",
        "a*b*c, aXcYb, false",
        "a.c, abc, false",
        "[a], a, false"
    })
    void stands_for_texts(String pattern, String text, boolean expected) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
    }

    /** Against the JDK's regular expressions, on patterns and texts of few letters so that much matches. */
    @Test
    void agrees_with_a_regular_expression_on_random_patterns_of_all_lengths() {
        var random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            var pattern = random(random, "ab*?🤖", random.nextInt(i % 50 == 0 ? 140 : 9));
            var text = random(random, "ab🤖", random.nextInt(i % 50 == 0 ? 140 : 9));
            var regex = pattern.codePoints()
                    .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                    .collect(Collectors.joining());
            if (pattern.chars().filter(c -> c == '*').count() > 6) {
                continue;
            }
            assertThat(Glob.of(pattern).matches(text))
                    .as("'%s' for '%s'", pattern, text)
                    .isEqualTo(
                            Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches());
        }
    }

    private static String random(Random random, String letters, int length) {
        int[] all = letters.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(all[random.nextInt(all.length)]);
        }
        return text.toString();
    }

    @Test
    void patterns_of_more_than_a_word_are_exact_at_its_edges() {
        for (int size = 60; size < 132; size++) {
            var text = "a".repeat(size);
            assertThat(Glob.of(text).matches(text)).isTrue();
            assertThat(Glob.of("?".repeat(size)).matches(text)).isTrue();
            assertThat(Glob.of(text).matches(text + "a")).isFalse();
            assertThat(Glob.of(text + "a").matches(text)).isFalse();
            assertThat(Glob.of("*" + text).matches("b" + text)).isTrue();
            assertThat(Glob.of(text + "*b").matches(text + "ab")).isTrue();
            assertThat(Glob.of(text + "*b").matches(text + "ac")).isFalse();
        }
    }

    @Test
    @Timeout(180)
    void takes_linear_time_whatever_the_pattern() {
        var text = "a".repeat(1_000_000);
        long begin = System.nanoTime();

        assertThat(Glob.of("*" + "a".repeat(510) + "b").matches(text)).isFalse();
        assertThat(Glob.of("*a".repeat(255) + "b").matches(text)).isFalse();
        assertThat(Glob.of("*?a".repeat(170) + "b").matches(text)).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
}
