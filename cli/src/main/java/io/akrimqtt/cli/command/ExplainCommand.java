package io.akrimqtt.cli.command;

import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Severity;
import io.akrimqtt.cli.explain.Explainer;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt explain}: which device a message belongs to, and what is believed of it then. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Explains, without any MQTT server, what the discovery handler would make of one message: which filter matches, "
                    + "which device it is, and what would be believed of that device and why."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The message belongs to a device.", "1:It belongs to none.", ExitCode.USAGE_TEXT})
final class ExplainCommand implements Callable<Integer> {

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--topic", required = true, paramLabel = "T", description = "The message's topic.")
    private String topic = "";

    @Option(names = "--payload", paramLabel = "P", description = "The message's payload, as text. Default: nothing.")
    private String payload = "";

    @Option(names = "--retained", description = "As if the MQTT server had kept it, and not as it is published.")
    private boolean retained;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What kubectl apply takes.")
    private List<Path> files = List.of();

    ExplainCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        TopicName.problem(topic).ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), "--topic: '" + topic + "' " + problem);
        });
        var out = output.open(context);
        boolean found = false;
        for (var configuration : ours()) {
            found |= explain(configuration, out);
        }
        return found ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<AkriConfiguration> ours() {
        var manifests = ManifestReader.read(files, CheckOptions.CLUSTER);
        var ours = manifests.configurations().stream()
                .filter(each -> each.handlerName().equals(CheckOptions.HANDLER_NAME))
                .toList();
        boolean readable = ours.stream().allMatch(ExplainCommand::readable);
        if (ours.isEmpty() || !readable) {
            manifests.findings().stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .forEach(finding -> context.err().println(finding));
            throw new CliFailure(
                    ExitCode.USAGE,
                    ours.isEmpty()
                            ? "no Configuration for the handler mqtt in the files"
                            : "the details have problems; 'akri-mqtt check' tells all");
        }
        return ours;
    }

    private static boolean readable(AkriConfiguration configuration) {
        return DetailsParser.parse("discoveryDetails", configuration.details().text()) instanceof DetailsResult.Checked;
    }

    private boolean explain(AkriConfiguration configuration, Output out) {
        return switch (DetailsParser.parse(
                "discoveryDetails", configuration.details().text())) {
            case DetailsResult.Refused _ -> false;
            case DetailsResult.Checked(var details) -> {
                var explanation = new Explainer(details)
                        .explain(TopicName.of(topic), payload.getBytes(StandardCharsets.UTF_8), retained);
                yield new ExplanationPrinter(configuration.name(), topic, out, context.clock()).print(explanation);
            }
        };
    }
}
