package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.kube.ClusterDevice;
import io.akrimqtt.cli.output.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kubectl akri-mqtt get devices}: what there is in a cluster, and why that is believed. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists the devices of a cluster: Instance, nodes and pod, as the API server tells, and presence with the evidence for it, "
                    + "as a discovery handler tells through a forwarded port. Where no handler can be asked, it says why, and lists "
                    + "what has an Instance.",
            "Devices without an Instance are those of all namespaces: handlers do not tell them apart."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCode.DONE_TEXT, ExitCode.USAGE_TEXT, ExitCode.NO_CLUSTER_TEXT})
final class GetClusterDevicesCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private ClusterOption where = new ClusterOption();

    GetClusterDevicesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var cluster = where.open(context)) {
            var devices = cluster.devices(trouble ->
                    context.err().println("akri-mqtt: nothing is known of presence: " + Printable.of(trouble)));
            var out = output.open(context);
            if (out.json()) {
                var now = context.clock().instant();
                devices.forEach(device -> out.event(device.event(now)));
            } else {
                out.table(ClusterDevice.table(devices, cluster.everywhere()));
            }
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
