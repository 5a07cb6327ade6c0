package io.akrimqtt.cli.process;

import java.time.Instant;

/** Is told about workloads. */
@FunctionalInterface
public interface WorkloadListener {

    /** Called in order, on one thread: be quick, and do not wait for workloads here. */
    void on(Instant time, WorkloadEvent event);
}
