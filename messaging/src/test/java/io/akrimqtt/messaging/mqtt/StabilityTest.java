package io.akrimqtt.messaging.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.mqtt.Loss.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StabilityTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofSeconds(80);

    private final Stability stability = new Stability();

    @Test
    void three_short_connections_in_a_row_are_another_clients_work() {
        assertThat(stability.takenOver(SHORT, Cause.CLOSED_BY_SERVER)).isFalse();
        assertThat(stability.takenOver(SHORT, Cause.CLOSED_BY_SERVER)).isFalse();
        assertThat(stability.takenOver(SHORT, Cause.CLOSED_BY_SERVER)).isTrue();
    }

    @Test
    void a_long_one_in_between_makes_the_count_begin_anew() {
        stability.takenOver(SHORT, Cause.CLOSED_BY_SERVER);
        stability.takenOver(SHORT, Cause.CLOSED_BY_SERVER);
        stability.takenOver(BETWEEN, Cause.CLOSED_BY_SERVER);
        assertThat(stability.takenOver(SHORT, Cause.CLOSED_BY_SERVER)).isFalse();
    }

    @Test
    void a_client_that_took_over_once_is_recognized_at_once_until_a_connection_lasts() {
        assertThat(stability.takenOver(BETWEEN, Cause.TAKEN_OVER)).isTrue();
        assertThat(stability.takenOver(BETWEEN, Cause.CLOSED_BY_SERVER)).isTrue();
        assertThat(stability.takenOver(BETWEEN, Cause.USUAL)).isFalse();
        assertThat(stability.takenOver(Stability.MEMORY, Cause.CLOSED_BY_SERVER))
                .isFalse();
        assertThat(stability.takenOver(BETWEEN, Cause.CLOSED_BY_SERVER)).isFalse();
    }
}
