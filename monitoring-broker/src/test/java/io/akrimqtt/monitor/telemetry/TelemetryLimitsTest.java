package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TelemetryLimitsTest {

    private static final long MIB = 1 << 20;

    @Test
    void a_small_heap_makes_them_smaller_and_a_large_one_not_larger() {
        var small = TelemetryLimits.DEFAULT.within(16 * MIB);

        assertThat(small).isEqualTo(new TelemetryLimits(10_000, 2 * MIB, 1_000, 2 * MIB, (int) MIB, 64));
        assertThat(small.within(8 * MIB).messageBytes()).isEqualTo((int) MIB / 2);
        assertThat(TelemetryLimits.DEFAULT.within(1_024 * MIB)).isEqualTo(TelemetryLimits.DEFAULT);
    }
}
