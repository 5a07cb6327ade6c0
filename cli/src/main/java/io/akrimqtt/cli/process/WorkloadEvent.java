package io.akrimqtt.cli.process;

import io.akrimqtt.cli.agent.Instance;
import java.time.Duration;

/** What happened to an Instance's workload. */
public sealed interface WorkloadEvent {

    /** Whose workload it is. */
    Instance instance();

    /** Its process was started. */
    record Starting(Instance instance, long pid) implements WorkloadEvent {}

    /** It says that it is ready: first, after a restart, or once more. */
    record Running(Instance instance, long pid) implements WorkloadEvent {}

    /** It was ready and says that it no longer is; its process runs. */
    record Unready(Instance instance, long pid) implements WorkloadEvent {}

    /**
     * Its process ended although its Instance is there.
     *
     * @param exitCode 2 for bad settings, which its log lists
     */
    record Exited(Instance instance, int exitCode, Duration restartIn) implements WorkloadEvent {}

    /** It cannot be started. */
    record Refused(Instance instance, String reason) implements WorkloadEvent {}

    /** Its Instance is gone, and so is its process. */
    record Gone(Instance instance) implements WorkloadEvent {}
}
