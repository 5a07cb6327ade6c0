package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.CommandDesk;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt cancel}: takes a command back. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Takes a command back where it has not ended, and prints how it stands after that.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was taken back.",
            "1:The workload does not answer, or does not know it.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_PLACE_TEXT,
            ExitCode.NO_DEVICE_TEXT,
            ExitCode.COMMAND_FAILED_TEXT
        })
final class CancelCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WorkloadPlace where;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "COMMAND_ID", description = "As 'commands' and 'submit' print it.")
    private String id = "";

    CancelCommand(CliContext context) {
        this.context = context;
        this.where = WorkloadPlace.of(context);
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        try {
            var desk = new CommandDesk(where.open(context, device));
            var state = desk.cancel(id, context.clock(), out::event);
            return state == CommandState.COMMAND_STATE_CANCELLED ? ExitCode.DONE : ExitCode.COMMAND_FAILED;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
