package io.akrimqtt.cli.process;

/**
 * What other commands find about an Instance and its workload.
 *
 * @param grpcAddress where the workload serves its API; empty for none
 * @param log the workload's log file; empty for none
 * @param pid the workload's process, 0 for none
 */
public record InstanceState(
        String instance,
        String configuration,
        String deviceId,
        String deviceName,
        String grpcAddress,
        String log,
        long pid,
        WorkloadState state) {}
