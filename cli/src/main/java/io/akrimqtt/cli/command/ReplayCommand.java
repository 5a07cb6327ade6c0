package io.akrimqtt.cli.command;

import io.akrimqtt.cli.explain.Explainer;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.cli.recording.RecordingException;
import io.akrimqtt.cli.recording.RecordingHeader;
import io.akrimqtt.cli.recording.RecordingReader;
import io.akrimqtt.cli.replay.Replay;
import io.akrimqtt.cli.replay.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akri-mqtt replay}: what the handler would have made of a recording. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs the discovery handler's rules over a recording, without any MQTT server and in the recording's own time: "
                    + "prints each change with its evidence, and what is believed at the end.",
            "A recording whose last line is cut off is replayed up to there, with a warning."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE_TEXT,
            "1:The recording cannot be read; standard error says in which line, and why.",
            ExitCode.USAGE_TEXT
        })
final class ReplayCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only the device of this name or id.")
    private @Nullable String device;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Which Configuration, where the files hold more than one.")
    private @Nullable String name;

    @Parameters(index = "0", paramLabel = "RECORDING", description = "What 'akri-mqtt record' has written.")
    private Path recording = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "What kubectl apply takes.")
    private List<Path> files = List.of();

    ReplayCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var served = Served.one(Served.read(files, context), name);
        var out = output.open(context);
        try (var reader = RecordingReader.open(recording)) {
            replay(
                    reader,
                    served,
                    new StepPrinter(
                            out,
                            new LocalTimes(context.zone()),
                            served.configuration().name()));
            return ExitCode.DONE;
        } catch (RecordingException e) {
            throw new CliFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    recording + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void replay(RecordingReader reader, Served served, StepPrinter printer)
            throws IOException, RecordingException {
        var replay = new Replay(served.details(), reader.header().servers().size(), step -> {
            if (wanted(step)) {
                printer.change(step);
            }
        });
        var last = reader.header().time();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            last = next.get().time();
            replay.on(next.get());
        }
        replay.on(new Recorded.Ended(last, ""));
        if (reader.truncated()) {
            context.err()
                    .println("akri-mqtt: warning: " + recording + ":" + reader.line()
                            + ": the last line is cut off; it is left out");
        }
        warnOfFilters(reader.header(), served);
        replay.unread()
                .forEach(server -> context.err()
                        .println("akri-mqtt: warning: " + recording
                                + ": ends before all was read that "
                                + Printable.of(reader.header().servers().get(server))
                                + " retains; nothing was concluded about its devices since it was connected"));
        var devices = replay.devices().stream().filter(this::wanted).toList();
        printer.devices(devices, last);
        printer.ignored(replay.ignored(), last);
        printer.end(replay.messages(), devices.size(), last);
    }

    private void warnOfFilters(RecordingHeader header, Served served) {
        var missing = new ArrayList<>(new Explainer(served.details()).filters());
        missing.removeAll(header.filters());
        if (!missing.isEmpty()) {
            context.err()
                    .println("akri-mqtt: warning: " + recording + ": recorded without "
                            + Printable.of(String.join(", ", missing)) + ", which the Configuration listens to");
        }
    }

    private boolean wanted(Step step) {
        return device == null || step.device().equals(device) || step.name().equals(device);
    }
}
