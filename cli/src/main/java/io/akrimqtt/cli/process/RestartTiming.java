package io.akrimqtt.cli.process;

import java.time.Duration;

/**
 * When a program that ended is started again.
 *
 * @param first the wait after the first end; each further one is twice as long
 * @param longest the longest wait, and the wait after an end that says that its settings are bad
 * @param healthy a run of this length makes the next wait the first one again
 */
public record RestartTiming(Duration first, Duration longest, Duration healthy) {

    /** 0.2 s, doubling to 10 s, from the beginning after 10 s of running. */
    public static final RestartTiming DEFAULT =
            new RestartTiming(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** The exit code that says that a program's settings are bad. */
    public static final int BAD_SETTINGS = 2;

    /**
     * The next wait.
     *
     * @param last the one before this run, zero for none
     */
    Duration next(Duration last, int exitCode, Duration ran) {
        if (exitCode == BAD_SETTINGS) {
            return longest;
        }
        if (last.isZero() || ran.compareTo(healthy) >= 0) {
            return first;
        }
        var doubled = last.multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
