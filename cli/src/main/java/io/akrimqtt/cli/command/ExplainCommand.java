package io.akrimqtt.cli.command;

import io.akrimqtt.cli.explain.Explainer;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt explain}: what a handler believes of a device and why, or what one message would mean. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        customSynopsis = {
            "akri-mqtt explain [-o=FORM] [--dir=DIR | --handler=ADDRESS] DEVICE",
            "      or  akri-mqtt explain [-o=FORM] --topic=T [--payload=P] [--retained] FILE..."
        },
        description = {
            "With DEVICE: asks a running discovery handler what it believes of the device and why, since when, by which "
                    + "rule, and how that came.",
            "With --topic: explains, without any MQTT server, what the discovery handler would make of one message: which "
                    + "filter matches, which device it is, and what would be believed of that device and why."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The device was found; the message belongs to a device.",
            "1:The handler does not answer; the message belongs to no device.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_RUN_TEXT,
            "4:The device was not found."
        })
final class ExplainCommand implements Callable<Integer> {

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private HandlerOption handler = new HandlerOption();

    @Option(names = "--topic", paramLabel = "T", description = "The message's topic.")
    private @Nullable String topic;

    @Option(names = "--payload", paramLabel = "P", description = "The message's payload, as text. Default: nothing.")
    private @Nullable String payload;

    @Option(names = "--retained", description = "As if the MQTT server had kept it, and not as it is published.")
    private boolean retained;

    @Parameters(
            arity = "1..*",
            paramLabel = "DEVICE or FILE",
            description = "The device's name, id or Instance. With --topic: what kubectl apply takes.")
    private List<String> names = List.of();

    ExplainCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        @Nullable String named = topic;
        return named == null ? device() : message(named);
    }

    private int device() {
        if (names.size() != 1 || payload != null || retained) {
            throw wrong("expected: one DEVICE, or --topic and files");
        }
        try (var inspector = handler.open(context)) {
            var devices = inspector.find(names.getFirst());
            var servers = inspector.servers(devices);
            var out = output.open(context);
            devices.forEach(device -> new DeviceExplanation(device, servers, out, context).print());
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }

    private int message(String name) {
        if (handler.given()) {
            throw wrong("--handler and --dir tell nothing about a message (expected: without --topic)");
        }
        TopicName.problem(name).ifPresent(problem -> {
            throw wrong("--topic: '" + name + "' " + problem);
        });
        var out = output.open(context);
        boolean found = false;
        for (var served : Served.read(names.stream().map(Path::of).toList(), context)) {
            found |= explain(served, TopicName.of(name), out);
        }
        return found ? ExitCode.DONE : ExitCode.FAILED;
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private boolean explain(Served served, TopicName name, Output out) {
        byte[] bytes = (payload == null ? "" : payload).getBytes(StandardCharsets.UTF_8);
        var explanation = new Explainer(served.details()).explain(name, bytes, retained);
        return new ExplanationPrinter(served.configuration().name(), name.value(), out, context.clock())
                .print(explanation);
    }
}
