package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.LogFollower;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.process.InstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt logs}: what a workload says. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the log of a device's workload.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE_TEXT,
            ExitCode.FAILED_TEXT,
            ExitCode.USAGE_TEXT,
            ExitCode.NO_RUN_TEXT,
            ExitCode.NO_DEVICE_TEXT
        })
final class LogsCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Parameters(paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    LogsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        var out = output.open(context);
        try {
            var instance = run.open(context).instance(device);
            var log = new LogFollower(Path.of(instance.log()));
            if (follow) {
                log.follow(line -> print(line, instance, out));
            } else {
                log.read(line -> print(line, instance, out));
            }
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }

    private boolean print(String line, InstanceState instance, Output out) {
        if (out.json()) {
            out.event(Event.of(EventType.LOG_LINE, context.clock().instant())
                    .with(Field.DEVICE, instance.deviceName())
                    .with(Field.INSTANCE, instance.instance())
                    .with(Field.TEXT, line));
        } else {
            out.text(Printable.of(line));
        }
        return !out.closed();
    }
}
