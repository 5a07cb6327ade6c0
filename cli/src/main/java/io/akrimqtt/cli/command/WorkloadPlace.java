package io.akrimqtt.cli.command;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.InspectException;

/** Where workloads of devices are; the options of a command line that tell. */
interface WorkloadPlace {

    /** That of a device. What it needs (a client, say) goes with the process. */
    Workload open(CliContext context, String device) throws InspectException;

    /** The options for where the program is: on a machine, or a plugin of kubectl. */
    static WorkloadPlace of(CliContext context) {
        return context.plugin() ? new ClusterWorkloadOption() : new WorkloadOption();
    }
}
