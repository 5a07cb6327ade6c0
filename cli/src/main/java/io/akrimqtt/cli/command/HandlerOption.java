package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.HandlerInspector;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.RunInspector;
import io.akrimqtt.serving.ListenAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which discovery handler: that of a local run, or any. */
final class HandlerOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = "--handler",
            paramLabel = "ADDRESS",
            description = "The API of a discovery handler, host:port or unix:/path (its AKRI_MQTT_GRPC_LISTEN). "
                    + "Default: that of the local run.")
    private @Nullable String address;

    boolean given() {
        return address != null || run.given();
    }

    HandlerInspector open(CliContext context) throws InspectException {
        @Nullable String text = address;
        if (text == null) {
            Path directory = run.directory(context);
            return new HandlerInspector(RunInspector.open(directory).handler());
        }
        if (run.given()) {
            throw new ParameterException(spec.commandLine(), "--handler and --dir (expected: one of them)");
        }
        return new HandlerInspector(address("--handler", text, spec));
    }

    /** The address that the text of an option names. */
    static ListenAddress address(String option, String text, CommandSpec spec) {
        var problem = text.equals("off") ? "is no address (expected: host:port or unix:/path)" : problem(text);
        if (!problem.isEmpty()) {
            throw new ParameterException(spec.commandLine(), option + ": '" + text + "' " + problem);
        }
        return ListenAddress.parse(text);
    }

    private static String problem(String text) {
        return ListenAddress.problem(text).orElse("");
    }
}
