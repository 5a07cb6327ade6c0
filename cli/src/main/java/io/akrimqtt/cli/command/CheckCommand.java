package io.akrimqtt.cli.command;

import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.configuration.Severity;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.messaging.client.ServerUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt check}: what is wrong with Configurations, before Akri finds out. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks Configurations as kubectl apply takes them: each problem with file, line and column, "
                    + "what came and what was expected; also what Akri would accept and then fail on.",
            "With --against: then looks at an MQTT server as the discovery handler would, and tells which devices a "
                    + "Configuration would find there. Akri and the handler are not touched, and no session stays."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:No errors; there may be warnings.",
            "1:Errors were found, a file cannot be read, or the MQTT server was not reached.",
            ExitCode.USAGE_TEXT
        })
final class CheckCommand implements Callable<Integer> {

    private static final Duration LISTEN = Duration.ofSeconds(10);

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

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

    @Option(
            names = "--against",
            paramLabel = "URL",
            description =
                    "The MQTT server to look at, in place of serverUrls. Credentials come from the Configuration's "
                            + "references, or from MQTT_USERNAME and MQTT_PASSWORD (each also with _FILE) in the environment.")
    private @Nullable String against;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "With --against: how long to listen once what is retained has been read. Default: 10s.")
    private @Nullable Duration duration;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "YAML: Configurations, and the Secrets and ConfigMaps that they refer to.")
    private List<Path> files = List.of();

    CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var url = against();
        int length = node == null ? CheckOptions.NODE_NAME_LENGTH : node.length();
        var manifests = ManifestReader.read(files, new CheckOptions(length, handlerName, true));
        var out = output.open(context);
        FindingsPrinter.print(manifests, out, context.clock().instant());
        boolean reached = manifests.broken() || url.isEmpty() || look(url.get(), manifests, out);
        finish(manifests, out);
        return manifests.broken() || !reached ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** The URL may hold a password, against all advice: it is not repeated. */
    private Optional<ServerUrl> against() {
        if (against == null) {
            if (duration != null) {
                throw new ParameterException(spec.commandLine(), "--for (expected: together with --against)");
            }
            return Optional.empty();
        }
        ServerUrl.problem(against).ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), "--against: the URL " + problem);
        });
        return Optional.of(ServerUrl.parse(against));
    }

    private boolean look(ServerUrl url, Manifests manifests, Output out) throws InterruptedException {
        var look = new AgainstServer(url, duration == null ? LISTEN : duration, out, context);
        boolean reached = true;
        for (var served : Served.of(manifests, handlerName, context)) {
            reached &= look.at(served);
        }
        return reached;
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
