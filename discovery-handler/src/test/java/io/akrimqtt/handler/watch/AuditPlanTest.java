package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditPlanTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final AuditPlan plan = new AuditPlan(Duration.ZERO, "client");

    @Test
    void an_incomplete_reading_is_made_again_ever_more_seldom() {
        assertThat(dueAfter(false)).isEqualTo(Duration.ofMinutes(1));
        assertThat(dueAfter(false)).isEqualTo(Duration.ofMinutes(2));
        assertThat(dueAfter(false)).isEqualTo(Duration.ofMinutes(4));
        for (int i = 0; i < 10; i++) {
            dueAfter(false);
        }
        assertThat(dueAfter(false)).isEqualTo(Duration.ofMinutes(64));
    }

    @Test
    void a_complete_reading_ends_that() {
        dueAfter(false);
        dueAfter(false);

        read(true);

        assertThat(plan.due()).isEqualTo(Instant.MAX);
        assertThat(dueAfter(false)).isEqualTo(Duration.ofMinutes(1));
    }

    private Duration dueAfter(boolean complete) {
        read(complete);
        return Duration.between(START, plan.due());
    }

    private void read(boolean complete) {
        plan.began(START);
        plan.ended(START);
        plan.read(START, complete);
    }
}
