package io.akrimqtt.handler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedIdsTest {

    private static final String SMALLER = "device-06523";
    private static final String LARGER = "device-07340";

    @Test
    void the_larger_of_two_that_collide_gets_a_suffix_in_whatever_order_they_come() {
        var ids = ReportedIds.NONE.assign(List.of(LARGER, SMALLER, "other"));

        assertThat(ids.of(SMALLER)).isEqualTo(SMALLER);
        assertThat(ids.of(LARGER)).isEqualTo(LARGER + "#2");
        assertThat(ids.of("other")).isEqualTo("other");
        assertThat(ids.hashOf(SMALLER)).isEqualTo("700c11").isNotEqualTo(ids.hashOf(LARGER));
        assertThat(ids.collisions()).containsExactly(new ReportedIds.Collision(LARGER, SMALLER, LARGER + "#2"));
    }

    @Test
    void one_that_is_reported_already_stays_plain() {
        var ids = ReportedIds.NONE.assign(List.of(LARGER)).assign(List.of(LARGER, SMALLER));

        assertThat(ids.of(LARGER)).isEqualTo(LARGER);
        assertThat(ids.of(SMALLER)).isEqualTo(SMALLER + "#2");
    }

    @Test
    void one_keeps_its_suffix_when_the_other_is_forgotten() {
        var ids = ReportedIds.NONE.assign(List.of(SMALLER, LARGER)).assign(List.of(LARGER));

        assertThat(ids.of(LARGER)).isEqualTo(LARGER + "#2");
    }

    @Test
    void one_that_was_forgotten_starts_afresh() {
        var ids = ReportedIds.NONE
                .assign(List.of(SMALLER, LARGER))
                .assign(List.of())
                .assign(List.of(LARGER));

        assertThat(ids.of(LARGER)).isEqualTo(LARGER);
        assertThat(ids.collisions()).isEmpty();
    }

    @Test
    void a_device_that_is_really_called_like_a_suffixed_one_gets_along() {
        var ids = ReportedIds.NONE.assign(List.of(SMALLER, LARGER, LARGER + "#2"));

        assertThat(ids.of(LARGER)).isEqualTo(LARGER + "#2");
        assertThat(ids.of(LARGER + "#2")).isEqualTo(LARGER + "#2#2");
    }

    @Test
    void case_80_the_suffix_outlives_a_restart_whatever_the_order() {
        var before = ReportedIds.NONE.assign(List.of(LARGER)).assign(List.of(LARGER, SMALLER, "other"));

        var after = ReportedIds.of(before.collided());

        assertThat(after.collisions()).isEqualTo(before.collisions());
        assertThat(after.assign(List.of(SMALLER, LARGER, "other")))
                .extracting(ids -> ids.of(SMALLER), ids -> ids.of(LARGER), ids -> ids.of("other"))
                .containsExactly(SMALLER + "#2", LARGER, "other");
    }
}
