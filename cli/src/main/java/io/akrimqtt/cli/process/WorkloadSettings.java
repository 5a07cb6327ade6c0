package io.akrimqtt.cli.process;

/**
 * How workloads are started.
 *
 * @param launch how each one's Java is told what to run
 * @param startingAtOnce how many may be starting at the same time, from 1; the others wait
 */
public record WorkloadSettings(Launch launch, int startingAtOnce, RestartTiming timing) {

    /** Checks the parts. */
    public WorkloadSettings {
        if (startingAtOnce < 1) {
            throw new IllegalArgumentException("workloads starting at once: " + startingAtOnce + " (expected: >= 1)");
        }
    }

    /** As many at once as there are processors. */
    public static WorkloadSettings of(Launch launch) {
        return new WorkloadSettings(launch, Runtime.getRuntime().availableProcessors(), RestartTiming.DEFAULT);
    }
}
