package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.TelemetryWatch;
import io.akrimqtt.cli.inspect.TelemetryWishes;
import io.akrimqtt.cli.inspect.TelemetryWishes.Start;
import io.akrimqtt.cli.inspect.TelemetryWishes.Start.Behind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code akri-mqtt watch}: what a device publishes. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Prints what a device publishes, through its workload, until Ctrl-C: text as it is, JSON on one line, other payloads in hexadecimal.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE_TEXT,
            "1:The workload ended, or refused.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_PLACE_TEXT,
            ExitCode.NO_DEVICE_TEXT
        })
final class WatchCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WorkloadPlace where;

    @Option(names = "--last", description = "Begin with the last value of each topic.")
    private boolean lastValues;

    /** Where to begin; now, where none of them is given. */
    static final class Begin {
        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = DurationConverter.class,
                description = "Begin with what came in this time, such as 5m, as far as the workload holds it.")
        private @Nullable Duration since;

        @Option(
                names = "--messages",
                paramLabel = "N",
                description = "Begin with the latest N messages, as far as the workload holds them.")
        private @Nullable Integer messages;

        @Option(
                names = "--after",
                paramLabel = "CURSOR[@EPOCH]",
                converter = BeginConverter.class,
                description = "Go on behind a message that was printed with --output json, by its cursor and epoch.")
        private @Nullable Behind after;

        private @Nullable Start start() {
            if (since != null) {
                return new Start.Since(since);
            }
            return messages == null ? after : new Start.Latest(Math.max(1, messages));
        }
    }

    /** Reads a cursor with its epoch. */
    static final class BeginConverter implements ITypeConverter<Behind> {

        private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})(?:@(\\d{1,10}))?");

        @Override
        public Behind convert(String text) {
            var match = CURSOR.matcher(text);
            if (!match.matches()) {
                throw new TypeConversionException("'" + text + "' (expected: a cursor such as 1700000000000042@12345)");
            }
            var epoch = match.group(2);
            return new Behind(Long.parseLong(match.group(1)), epoch == null ? 0 : Long.parseLong(epoch));
        }
    }

    @ArgGroup
    private Begin begin = new Begin();

    @Option(
            names = "--follow",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Go on with what comes, which is the default; --no-follow ends with what the workload holds.")
    private boolean follow = true;

    @Option(names = "--conflate", description = "Of a topic's messages that wait for the terminal, only the latest.")
    private boolean conflate;

    @Option(names = "--base64", description = "Payloads that are no text in Base64.")
    private boolean base64;

    @Option(names = "--filter", paramLabel = "FILTER", description = "Only topics that match this filter; repeatable.")
    private List<String> filters = List.of();

    @Parameters(paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    WatchCommand(CliContext context) {
        this.context = context;
        this.where = WorkloadPlace.of(context);
    }

    @Override
    public Integer call() {
        var out = output.open(context);
        try {
            var instance = where.open(context, device);
            var wishes = new TelemetryWishes(filters, lastValues, begin.start(), conflate, follow, base64);
            new TelemetryWatch(wishes).follow(instance, context.clock(), event -> {
                out.event(event);
                return !out.closed();
            });
            return ExitCode.DONE;
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
