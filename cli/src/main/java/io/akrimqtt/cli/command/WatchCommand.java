package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.TelemetryWatch;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt watch}: what a device publishes. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Prints what a device publishes, through its workload, until Ctrl-C: text as it is, other payloads in hexadecimal.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE_TEXT,
            "1:The workload ended, or refused.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_RUN_TEXT,
            ExitCode.NO_DEVICE_TEXT
        })
final class WatchCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WorkloadPlace where;

    @Option(names = "--last", description = "Begin with the last value of each topic.")
    private boolean lastValues;

    @Option(names = "--filter", paramLabel = "FILTER", description = "Only topics that match this filter; repeatable.")
    private List<String> filters = List.of();

    @Parameters(paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    WatchCommand(CliContext context) {
        this.context = context;
        this.where = WorkloadPlace.of(context);
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        try {
            var instance = where.open(context, device);
            new TelemetryWatch(filters, lastValues).follow(instance, context.clock(), event -> {
                out.event(event);
                return !out.closed();
            });
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
