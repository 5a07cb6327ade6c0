package io.akrimqtt.handler.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.cluster.InstanceHash;
import java.util.List;
import java.util.Map;
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

    @Test
    void who_has_the_instance_keeps_its_id_whoever_was_seen_first() {
        var before = ReportedIds.NONE.assign(List.of(SMALLER)).assign(List.of(SMALLER, LARGER));

        var after = before.assign(List.of(SMALLER, LARGER), Map.of(LARGER, LARGER));

        assertThat(after.of(LARGER)).isEqualTo(LARGER);
        assertThat(after.of(SMALLER)).isEqualTo(SMALLER + "#2");
        assertThat(after.assign(List.of(SMALLER, LARGER)).of(SMALLER)).isEqualTo(SMALLER + "#2");
    }

    @Test
    void an_id_that_is_none_of_the_device_is_not_taken_from_an_instance() {
        var ids = ReportedIds.NONE.assign(List.of("a", "b", "c"), Map.of("a", "b", "b", "b#02", "c", "c#3", "d", "c"));

        assertThat(List.of(ids.of("a"), ids.of("b"), ids.of("c"))).containsExactly("a", "b", "c#3");
    }

    @Test
    void the_id_is_known_from_the_name_of_the_instance() {
        assertThat(InstanceHash.reportedId(SMALLER, "700c11")).contains(SMALLER);
        assertThat(InstanceHash.reportedId(LARGER, InstanceHash.of(LARGER + "#3")))
                .contains(LARGER + "#3");
        assertThat(InstanceHash.reportedId("somebody", "700c11")).isEmpty();
    }
}
