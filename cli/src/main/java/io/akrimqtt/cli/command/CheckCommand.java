package io.akrimqtt.cli.command;

import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.configuration.Severity;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt check}: what is wrong with Configurations, before Akri finds out. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks Configurations as kubectl apply takes them: each problem with file, line and column, "
                    + "what came and what was expected; also what Akri would accept and then fail on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:No errors; there may be warnings.", ExitCode.FINDINGS_TEXT, ExitCode.USAGE_TEXT})
final class CheckCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "The longest name of a node: pods' names contain it. Default: one of "
                    + CheckOptions.NODE_NAME_LENGTH + " characters.")
    private @Nullable String node;

    @Option(
            names = "--handler-name",
            paramLabel = "NAME",
            defaultValue = CheckOptions.HANDLER_NAME,
            description = "The name that the discovery handler registers under. Default: ${DEFAULT-VALUE}.")
    private String handlerName = CheckOptions.HANDLER_NAME;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "YAML: Configurations, and the Secrets and ConfigMaps that they refer to.")
    private List<Path> files = List.of();

    CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        int length = node == null ? CheckOptions.NODE_NAME_LENGTH : node.length();
        var manifests = ManifestReader.read(files, new CheckOptions(length, handlerName, true));
        var out = output.open(context);
        FindingsPrinter.print(manifests, out, context.clock().instant());
        finish(manifests, out);
        return manifests.broken() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void finish(Manifests manifests, Output out) {
        long errors = count(manifests, Severity.ERROR);
        long warnings = count(manifests, Severity.WARNING);
        if (out.json()) {
            out.event(Event.of(EventType.CHECK_FINISHED, context.clock().instant())
                    .with(Field.ERRORS, errors)
                    .with(Field.WARNINGS, warnings));
        } else {
            out.text("%s, %s, %s"
                    .formatted(
                            counted(manifests.configurations().size(), "Configuration"),
                            counted(errors, "error"),
                            counted(warnings, "warning")));
        }
    }

    private static long count(Manifests manifests, Severity severity) {
        return manifests.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
