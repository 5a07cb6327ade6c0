package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.RunInspector;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local run. */
final class RunOption {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The run's directory: sockets, logs, state. Default: $${TMPDIR:-/tmp}/akri-mqtt-$$USER.")
    private @Nullable Path directory;

    boolean given() {
        return directory != null;
    }

    Path directory(CliContext context) {
        return directory == null ? standard(context.environment()) : directory.toAbsolutePath();
    }

    /** Short: paths of sockets have at most 107 bytes. */
    private static Path standard(Map<String, String> environment) {
        var temporary = environment.getOrDefault("TMPDIR", "");
        var user = environment.getOrDefault("USER", System.getProperty("user.name", "user"));
        return Path.of(temporary.isEmpty() ? "/tmp" : temporary, "akri-mqtt-" + user.replace('/', '_'));
    }

    /** Looks for the run. */
    RunInspector open(CliContext context) {
        try {
            return RunInspector.open(directory(context));
        } catch (InspectException e) {
            throw failure(e);
        }
    }

    static CliFailure failure(InspectException e) {
        return new CliFailure(
                switch (e.kind()) {
                    case NO_RUN -> ExitCode.NO_RUN;
                    case NO_DEVICE -> ExitCode.NO_DEVICE;
                    case FAILED -> ExitCode.FAILED;
                },
                String.valueOf(e.getMessage()));
    }
}
