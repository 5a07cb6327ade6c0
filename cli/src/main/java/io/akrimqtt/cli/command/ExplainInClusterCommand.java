package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kubectl akri-mqtt explain}: what a handler in a cluster believes of a device, and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Asks the discovery handler of the device's node what it believes of the device and why, since when, by which "
                        + "rule, and how that came; any other handler where the device has no Instance.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE_TEXT,
            "1:The handler does not answer.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_CLUSTER_TEXT,
            "4:The device was not found."
        })
final class ExplainInClusterCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private ClusterOption where = new ClusterOption();

    @Parameters(paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    ExplainInClusterCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var cluster = where.open(context)) {
            cluster.withHandler(device, inspector -> {
                var devices = inspector.find(device);
                var servers = inspector.servers(devices);
                var out = output.open(context);
                devices.forEach(each -> new DeviceExplanation(each, servers, out, context).print());
            });
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
