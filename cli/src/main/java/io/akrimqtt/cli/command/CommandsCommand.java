package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.CommandDesk;
import io.akrimqtt.cli.inspect.CommandRow;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt commands}: what became of the commands of a device. */
@Command(
        name = "commands",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the commands of a device: those that wait or are under way, and those that ended of late.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE_TEXT,
            "1:The workload does not answer, or refuses.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_PLACE_TEXT,
            ExitCode.NO_DEVICE_TEXT
        })
final class CommandsCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WorkloadPlace where;

    @Option(names = "--open", description = "Only those that have not ended.")
    private boolean openOnly;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    CommandsCommand(CliContext context) {
        this.context = context;
        this.where = WorkloadPlace.of(context);
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        try {
            var rows = new CommandDesk(where.open(context, device)).list(openOnly);
            if (out.json()) {
                rows.forEach(row -> out.event(row.event(context.clock())));
            } else {
                var now = context.clock().instant();
                out.table(new Table(
                        CommandRow.HEADINGS,
                        rows.stream().map(row -> row.row(now)).toList()));
            }
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
