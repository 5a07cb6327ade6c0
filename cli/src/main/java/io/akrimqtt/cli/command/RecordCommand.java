package io.akrimqtt.cli.command;

import io.akrimqtt.cli.access.Access;
import io.akrimqtt.cli.access.AccessException;
import io.akrimqtt.cli.capture.CaptureSettings;
import io.akrimqtt.cli.capture.Progress;
import io.akrimqtt.cli.capture.Recorder;
import io.akrimqtt.cli.explain.Explainer;
import io.akrimqtt.cli.recording.RecordingHeader;
import io.akrimqtt.cli.recording.RecordingWriter;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt record}: what happens at the MQTT servers of a Configuration, in a file. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Records what happens at the MQTT servers of a Configuration, for 'akri-mqtt replay': what they retain, then what "
                    + "comes live, until Ctrl-C. Publishes nothing, leaves no session behind, and never takes over the "
                    + "discovery handler's client id.",
            "A recording holds payloads. It is made for its owner's eyes only; look into it before you hand it on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was recorded, until Ctrl-C, the time or the size.",
            "1:An MQTT server was never reached, or the file cannot be written; standard error says why.",
            ExitCode.USAGE_TEXT
        })
final class RecordCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "RECORDING",
            description = "The file to write; it must not be there yet.")
    private Path target = Path.of("");

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Stop after this time, for example 10m.")
    private @Nullable Duration duration;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            defaultValue = "100MB",
            description = "Stop before the file is larger, for example 500kB. Default: ${DEFAULT-VALUE}.")
    private long maxSize = 100_000_000;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Which Configuration, where the files hold more than one.")
    private @Nullable String name;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "YAML: the Configuration, and the Secrets and ConfigMaps that it refers to.")
    private List<Path> files = List.of();

    RecordCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var served = Served.one(Served.read(files, context), name);
        var settings = settings(served);
        var clock = MonotonicClock.start(context.clock());
        var recorder = new Recorder(settings, clock);
        var out = output.open(context);
        try (var _ = new StopSignal(recorder::stop);
                var writer = RecordingWriter.create(target, maxSize, header(served, settings, clock.instant()))) {
            var printer = new RecordPrinter(out, clock, settings.servers(), target);
            printer.begin(served.configuration().name());
            var end = clock.instant().plus(duration == null ? FOR_EVER : duration);
            return finish(recorder.record(writer, end, printer::show), printer);
        } catch (FileAlreadyExistsException _) {
            throw new CliFailure(ExitCode.USAGE, "--to: " + target + " is there already (expected: a new file)");
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    target + ": cannot be written (" + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private CaptureSettings settings(Served served) {
        try {
            return new CaptureSettings(
                    served.details().urls(),
                    new Explainer(served.details())
                            .filters().stream().map(TopicFilter::of).toList(),
                    served.details().connection().qos(),
                    Access.of(served.configuration(), served.data(), context.environment())
                            .under(served.details().tls()),
                    "akri-rec-"
                            + HexFormat.of()
                                    .toHexDigits(RandomGenerator.getDefault().nextInt()));
        } catch (AccessException e) {
            throw new CliFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static RecordingHeader header(Served served, CaptureSettings settings, Instant now) {
        return new RecordingHeader(
                now,
                served.configuration().name(),
                settings.servers().stream().map(Object::toString).toList(),
                settings.filters().stream().map(TopicFilter::value).toList());
    }

    private int finish(Progress progress, RecordPrinter printer) {
        printer.end(progress);
        progress.unreached().forEach(each -> context.err().println("akri-mqtt: never reached " + each));
        return progress.unreached().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
