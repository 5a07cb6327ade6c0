package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.Invocation;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            ExitCode.NO_RUN_TEXT,
            ExitCode.NO_DEVICE_TEXT,
            ExitCode.COMMAND_FAILED_TEXT,
            ExitCode.COMMAND_UNANSWERED_TEXT
        })
final class InvokeCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait for the answer, at most 1h. Default: 10s.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--one-way", description = "Publish it and do not wait for an answer.")
    private boolean oneWay;

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "MQTT 5's content type of the payload, for example application/json.")
    private String contentType = "";

    @Parameters(index = "0", paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "COMMAND", description = "The command's name.")
    private String command = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "PAYLOAD", description = "Text. Default: nothing.")
    private String payload = "";

    InvokeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        var invocation = new Invocation(command, payload, contentType, timeout, oneWay);
        try {
            var instance = run.open(context).instance(device);
            return exitCode(invocation.send(instance, context.clock(), out::event));
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }

    private int exitCode(CommandState state) {
        return switch (state) {
            case COMMAND_STATE_SUCCEEDED -> ExitCode.DONE;
            case COMMAND_STATE_PUBLISHED -> oneWay ? ExitCode.DONE : ExitCode.COMMAND_UNANSWERED;
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
