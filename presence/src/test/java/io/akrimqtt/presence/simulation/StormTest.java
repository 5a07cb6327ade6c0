package io.akrimqtt.presence.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Storms of many seeds: whatever happens, when it is quiet again the truth is believed. More with {@code -Dlong=true}; one alone
 * with {@code -Dseed=}.
 */
class StormTest {

    private static final int SEEDS = 24;
    private static final int LONG_SEEDS = 1000;

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Boolean.getBoolean("long") ? LONG_SEEDS : SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void after_a_storm_the_truth_is_believed(long seed) {
        var outcome = Storm.of("storm", seed, 40, 150).ends();

        assertThat(outcome.wrong())
                .as("again with -Dseed=%d%n%s", seed, outcome.text())
                .isEmpty();
    }
}
