package io.akrimqtt.cli.command;

import com.google.protobuf.ByteString;
import io.akrimqtt.cli.inspect.CommandWaiting;
import io.akrimqtt.cli.inspect.Invocation;
import io.akrimqtt.proto.monitoring.v1.Priority;
import io.akrimqtt.proto.monitoring.v1.TrafficClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which command, to which device, and how. */
final class CommandOptions {

    enum Rank {
        high,
        normal,
        low
    }

    enum Traffic {
        control,
        normal,
        bulk
    }

    /** More than a workload takes (256 KiB), which it says itself, and less than a message of gRPC may have. */
    private static final int LARGEST_FILE = 3 * 1024 * 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--member",
            paramLabel = "MEMBER",
            description =
                    "Where DEVICE is a group: the device of it, by its topic or what of that follows the group's.")
    private String member = "";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait for the answer, at most 1h. Default: 10s.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--one-way", description = "Publish it and do not wait for an answer.")
    private boolean oneWay;

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "MQTT 5's content type of the payload, for example application/json.")
    private String contentType = "";

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long it may wait in the queue, 1s to 168h. Default: 1h.")
    private Duration ttl = Duration.ofHours(1);

    @Option(names = "--priority", paramLabel = "RANK", description = "In the queue: ${COMPLETION-CANDIDATES}.")
    private Rank priority = Rank.normal;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "${COMPLETION-CANDIDATES}: commands of one class hold up none of another. Default: normal.")
    private Traffic traffic = Traffic.normal;

    @Option(
            names = "--replace",
            paramLabel = "KEY",
            description = "Takes the place of a command with the same key that still waits.")
    private String replaceKey = "";

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same command with the same key is the same command.")
    private String idempotencyKey = "";

    @Option(
            names = "--repeatable",
            description = "Doing it twice does no harm: it may be sent again when a workload dies.")
    private boolean repeatable;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "The device's name, id or Instance.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "COMMAND", description = "The command's name.")
    private String command = "";

    @Option(
            names = "--payload-file",
            paramLabel = "FILE",
            description = "The payload, in place of PAYLOAD; /dev/stdin for standard input.")
    private @Nullable Path payloadFile;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "PAYLOAD",
            description = "Text; behind '--' where it begins with '-'. Default: nothing.")
    private @Nullable String payload;

    String device() {
        return device;
    }

    boolean oneWay() {
        return oneWay;
    }

    Invocation invocation(boolean queued) {
        var waiting = new CommandWaiting(queued, ttl, rank(), replaceKey, idempotencyKey, repeatable);
        return new Invocation(command, member, payload(), contentType, timeout, oneWay, trafficClass(), waiting);
    }

    private Priority rank() {
        return switch (priority) {
            case high -> Priority.PRIORITY_HIGH;
            case normal -> Priority.PRIORITY_NORMAL;
            case low -> Priority.PRIORITY_LOW;
        };
    }

    private TrafficClass trafficClass() {
        return switch (traffic) {
            case control -> TrafficClass.TRAFFIC_CLASS_CONTROL;
            case normal -> TrafficClass.TRAFFIC_CLASS_NORMAL;
            case bulk -> TrafficClass.TRAFFIC_CLASS_BULK;
        };
    }

    private ByteString payload() {
        var file = payloadFile;
        var text = payload;
        if (file == null) {
            return text == null ? ByteString.EMPTY : ByteString.copyFromUtf8(text);
        }
        if (text != null) {
            throw new ParameterException(spec.commandLine(), "PAYLOAD and --payload-file (expected: one of them)");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new CliFailure(
                        ExitCode.USAGE, "--payload-file: " + file + " is too large (expected: at most 256 KiB)");
            }
            return ByteString.copyFrom(bytes);
        } catch (IOException e) {
            throw new CliFailure(ExitCode.USAGE, "--payload-file: " + file + " cannot be read (expected: a file)");
        }
    }
}
