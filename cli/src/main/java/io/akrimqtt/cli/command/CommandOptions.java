package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.CommandWaiting;
import io.akrimqtt.cli.inspect.Invocation;
import io.akrimqtt.proto.monitoring.v1.Priority;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which command, to which device, and how. */
final class CommandOptions {

    enum Rank {
        high,
        normal,
        low
    }

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

    @Parameters(index = "2", arity = "0..1", paramLabel = "PAYLOAD", description = "Text. Default: nothing.")
    private String payload = "";

    String device() {
        return device;
    }

    boolean oneWay() {
        return oneWay;
    }

    Invocation invocation(boolean queued) {
        var rank = switch (priority) {
            case high -> Priority.PRIORITY_HIGH;
            case normal -> Priority.PRIORITY_NORMAL;
            case low -> Priority.PRIORITY_LOW;
        };
        var waiting = new CommandWaiting(queued, ttl, rank, replaceKey, idempotencyKey, repeatable);
        return new Invocation(command, payload, contentType, timeout, oneWay, waiting);
    }
}
