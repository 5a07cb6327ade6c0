package io.akrimqtt.messaging.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.mqtt.Backoff.Pace;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    /** Without chance: in the middle of the spread. */
    private final Backoff middle = new Backoff(always(0.5));

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    private static long[] millis(Backoff backoff, Pace pace, int count) {
        return IntStream.range(0, count)
                .mapToLong(_ -> backoff.next(pace).toMillis())
                .toArray();
    }

    @Test
    void doubles_up_to_its_most() {
        assertThat(millis(middle, Pace.USUAL, 10))
                .containsExactly(200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000);
    }

    @Test
    void is_slow_where_the_server_refuses_and_slower_where_another_client_has_our_id() {
        assertThat(millis(middle, Pace.REFUSED, 6)).containsExactly(5000, 10000, 20000, 40000, 60000, 60000);
        assertThat(new Backoff(always(0)).next(Pace.TAKEN_OVER)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void begins_anew_after_a_reset_and_at_another_pace() {
        assertThat(millis(middle, Pace.USUAL, 2)).containsExactly(200, 400);
        assertThat(millis(middle, Pace.REFUSED, 2)).containsExactly(5000, 10000);
        assertThat(millis(middle, Pace.USUAL, 2)).containsExactly(200, 400);
        middle.reset();
        assertThat(millis(middle, Pace.USUAL, 1)).containsExactly(200);
    }

    @Test
    void spreads_by_a_quarter_to_both_sides() {
        assertThat(new Backoff(always(0)).next(Pace.USUAL)).isEqualTo(Duration.ofMillis(150));
        assertThat(new Backoff(always(1)).next(Pace.USUAL)).isEqualTo(Duration.ofMillis(250));
    }
}
