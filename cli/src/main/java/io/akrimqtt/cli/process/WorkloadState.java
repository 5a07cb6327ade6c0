package io.akrimqtt.cli.process;

/** How an Instance's workload is. */
public enum WorkloadState {
    /** Its Configuration has no pod template, so there is none. */
    NONE,
    /** Waits until others have started. */
    WAITING,
    /** Its process runs; it is not ready yet. */
    STARTING,
    /** It says that it is ready. */
    RUNNING,
    /** It was ready, and says that it no longer is. */
    UNREADY,
    /** Its process ended and will be started again. */
    RESTARTING,
    /** It cannot be started as it is. */
    REFUSED,
    /** Its Instance is gone, and it is ending. */
    STOPPING
}
