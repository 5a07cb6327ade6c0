package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code akri-mqtt invoke}: sends a command to a device. */
@Command(
        name = "invoke",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Sends a command to a device, through its workload, and prints each state and the answer.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It succeeded, or was published with --one-way.",
            "1:The workload does not answer, or refuses.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_PLACE_TEXT,
            ExitCode.NO_DEVICE_TEXT,
            ExitCode.COMMAND_FAILED_TEXT,
            ExitCode.COMMAND_UNANSWERED_TEXT
        })
final class InvokeCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WorkloadPlace where;

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Option(
            names = "--queue",
            description = "Wait for the device where it sleeps or is away, up to --ttl; it then outlives this call.")
    private boolean queue;

    InvokeCommand(CliContext context) {
        this.context = context;
        this.where = WorkloadPlace.of(context);
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        try {
            var instance = where.open(context, options.device());
            return exitCode(options.invocation(queue).send(instance, context.clock(), out::event));
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }

    private int exitCode(CommandState state) {
        return switch (state) {
            case COMMAND_STATE_SUCCEEDED -> ExitCode.DONE;
            case COMMAND_STATE_PUBLISHED -> options.oneWay() ? ExitCode.DONE : ExitCode.COMMAND_UNANSWERED;
            case COMMAND_STATE_FAILED, COMMAND_STATE_REJECTED -> ExitCode.COMMAND_FAILED;
            case COMMAND_STATE_TIMED_OUT,
                    COMMAND_STATE_EXPIRED,
                    COMMAND_STATE_CANCELLED,
                    COMMAND_STATE_QUEUED,
                    COMMAND_STATE_ACCEPTED,
                    COMMAND_STATE_IN_PROGRESS,
                    COMMAND_STATE_UNSPECIFIED,
                    UNRECOGNIZED -> ExitCode.COMMAND_UNANSWERED;
        };
    }
}
