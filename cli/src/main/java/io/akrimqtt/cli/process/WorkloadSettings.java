package io.akrimqtt.cli.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How workloads are started.
 *
 * @param classPath of the workload's program, such as {@code folder/*}
 * @param startingAtOnce how many may be starting at the same time, from 1; the others wait
 */
public record WorkloadSettings(List<String> classPath, String mainClass, int startingAtOnce, RestartTiming timing) {

    /** Checks the parts. */
    public WorkloadSettings {
        if (startingAtOnce < 1) {
            throw new IllegalArgumentException("workloads starting at once: " + startingAtOnce + " (expected: >= 1)");
        }
        classPath = List.copyOf(classPath);
    }

    /** A program of a folder of jars, as many at once as there are processors. */
    public static WorkloadSettings ofFolder(Path folder, String mainClass) {
        return new WorkloadSettings(
                List.of(folder.resolve("*").toString()),
                mainClass,
                Runtime.getRuntime().availableProcessors(),
                RestartTiming.DEFAULT);
    }
}
