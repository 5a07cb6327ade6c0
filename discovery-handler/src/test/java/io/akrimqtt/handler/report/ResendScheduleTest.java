package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ResendScheduleTest {

    @Test
    void is_after_3_10_and_30_seconds_and_then_every_minute() {
        var seconds = new ArrayList<Long>();
        var now = START;
        for (int i = 0; i < 6; i++) {
            now = ResendSchedule.after(START, now);
            seconds.add(Duration.between(START, now).toSeconds());
        }

        assertThat(seconds).containsExactly(3L, 10L, 30L, 90L, 150L, 210L);
    }

    @Test
    void leaves_out_what_is_missed() {
        assertThat(ResendSchedule.after(START, START.plusSeconds(400))).isEqualTo(START.plusSeconds(450));
    }
}
