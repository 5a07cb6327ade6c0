package io.akrimqtt.cli.command;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.InspectException;
import picocli.CommandLine.Mixin;

/** A device's workload is in a cluster; a bearer token for it comes from {@code AKRI_MQTT_TOKEN} or {@code AKRI_MQTT_TOKEN_FILE}. */
final class ClusterWorkloadOption implements WorkloadPlace {

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private CallerOption caller = new CallerOption();

    @Override
    public Workload open(CliContext context, String device) throws InspectException {
        var identity = caller.read(context);
        return cluster.open(context).workload(device, identity);
    }
}
