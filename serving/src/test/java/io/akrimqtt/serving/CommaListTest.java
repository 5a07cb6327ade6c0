package io.akrimqtt.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommaListTest {

    @Test
    void plain_items_stay_readable() {
        assertThat(CommaList.join(List.of("robots/r7/joints", "a b/#"))).isEqualTo("robots/r7/joints,a b/#");
    }

    @Test
    void what_was_joined_comes_apart_again_whatever_the_characters() {
        var alphabet = List.of("a", ",", "\\", "ab", "");
        for (var first : alphabet) {
            for (var second : alphabet) {
                for (var third : List.of("x", ",\\", "\\,", "")) {
                    var items = List.of(third, first + second, second + third, third);

                    assertThat(CommaList.split(CommaList.join(items))).isEqualTo(items);
                }
            }
        }
    }

    @Test
    void nothing_is_no_item() {
        assertThat(CommaList.split("")).isEmpty();
        assertThat(CommaList.join(List.of())).isEmpty();
    }

    @Test
    void a_backslash_at_the_end_stands_for_itself() {
        assertThat(CommaList.split("a\\")).containsExactly("a\\");
    }
}
