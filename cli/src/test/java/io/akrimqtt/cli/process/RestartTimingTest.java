package io.akrimqtt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartTimingTest {

    private static final Duration BRIEF = Duration.ofSeconds(1);

    private static Duration next(Duration last, int exitCode, Duration ran) {
        return RestartTiming.DEFAULT.next(last, exitCode, ran);
    }

    @Test
    void the_wait_doubles_from_a_fifth_of_a_second_to_ten_seconds() {
        var wait = Duration.ZERO;
        var total = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            wait = next(wait, 1, BRIEF);
            total.append(wait.toMillis()).append(' ');
        }

        assertThat(total).hasToString("200 400 800 1600 3200 6400 10000 10000 ");
    }

    @Test
    void ten_seconds_of_running_begin_it_anew() {
        assertThat(next(Duration.ofSeconds(8), 1, Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(200));
        assertThat(next(Duration.ofSeconds(4), 1, Duration.ofMillis(9_999))).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void bad_settings_wait_ten_seconds_at_once() {
        assertThat(next(Duration.ZERO, 2, BRIEF)).isEqualTo(Duration.ofSeconds(10));
    }
}
