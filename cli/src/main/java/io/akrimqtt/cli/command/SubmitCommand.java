package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code akri-mqtt submit}: leaves a command in the queue of a device. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Leaves a command in the queue of a device and prints its id; 'commands' tells what becomes of it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is queued.",
            "1:The workload does not answer, or refuses.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_PLACE_TEXT,
            ExitCode.NO_DEVICE_TEXT,
            ExitCode.COMMAND_FAILED_TEXT
        })
final class SubmitCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WorkloadPlace where;

    @Mixin
    private CommandOptions options = new CommandOptions();

    SubmitCommand(CliContext context) {
        this.context = context;
        this.where = WorkloadPlace.of(context);
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        try {
            var instance = where.open(context, options.device());
            var state = options.invocation(true).submit(instance, context.clock(), out::event);
            boolean refused =
                    state == CommandState.COMMAND_STATE_REJECTED || state == CommandState.COMMAND_STATE_FAILED;
            return refused ? ExitCode.COMMAND_FAILED : ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
