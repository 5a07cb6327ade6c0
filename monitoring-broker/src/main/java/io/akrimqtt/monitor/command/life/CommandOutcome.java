package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * One thing that became of a command.
 *
 * @param last nothing follows
 * @param status HTTP-like; 0 while open
 * @param origin who failed, or null where nobody did
 * @param retryable whether the same command may succeed later
 * @param text one sentence for people, or empty
 * @param payload the device's answer
 * @param trace the trace context that the device's answer came with, or null
 */
public record CommandOutcome(
        CommandState state,
        boolean last,
        int status,
        @Nullable Origin origin,
        boolean retryable,
        String text,
        Payload payload,
        @Nullable TraceContext trace) {

    /** The largest answer that is passed on, in bytes. */
    public static final int MAX_ANSWER = 1024 * 1024;

    /** Without a trace. */
    public CommandOutcome(
            CommandState state,
            boolean last,
            int status,
            @Nullable Origin origin,
            boolean retryable,
            String text,
            Payload payload) {
        this(state, last, status, origin, retryable, text, payload, null);
    }

    /** What an event of the messaging library means to callers. */
    public static CommandOutcome of(CommandEvent event, boolean oneWay) {
        return switch (event) {
            case CommandEvent.Published(var noSubscribers) -> published(noSubscribers, oneWay);
            case CommandEvent.Accepted(var text) -> open(CommandState.ACCEPTED, text, Payload.EMPTY);
            case CommandEvent.InProgress(var payload, var text) ->
                open(CommandState.IN_PROGRESS, text, payload.size() <= MAX_ANSWER ? payload : Payload.EMPTY);
            case CommandEvent.Answered(var status, var payload, var text, var trace) ->
                answered(status, payload, text, trace);
            case CommandEvent.Failed(var status, var origin, var retryable, var text) ->
                new CommandOutcome(state(status), true, status, origin, retryable, text, Payload.EMPTY);
        };
    }

    /** What never went to the device. */
    public static CommandOutcome refused(int status, Origin origin, boolean retryable, String text) {
        return new CommandOutcome(state(status), true, status, origin, retryable, text, Payload.EMPTY);
    }

    /** Waits; with a reason where there is one. */
    public static CommandOutcome queued(String text) {
        return open(CommandState.QUEUED, text, Payload.EMPTY);
    }

    /** The same without the answer's bytes where they are more than so many. */
    CommandOutcome within(int bytes) {
        var told = "the device's answer has " + payload.size() + " bytes (expected: at most " + bytes
                + ") and was not kept";
        return payload.size() <= bytes
                ? this
                : new CommandOutcome(state, last, status, origin, retryable, told, Payload.EMPTY, trace);
    }

    /** The device may still answer the command that ended so, if it was sent. */
    boolean mayStillBeAnswered() {
        return state == CommandState.TIMED_OUT || state == CommandState.CANCELLED;
    }

    private static CommandOutcome published(boolean noSubscribers, boolean oneWay) {
        var text = noSubscribers ? "the MQTT server says that nobody listens" : "";
        return new CommandOutcome(
                CommandState.PUBLISHED, oneWay, 0, noSubscribers ? Origin.DEVICE : null, false, text, Payload.EMPTY);
    }

    private static CommandOutcome open(CommandState state, String text, Payload payload) {
        return new CommandOutcome(state, false, 0, null, false, text, payload);
    }

    private static CommandOutcome answered(int status, Payload payload, String text, @Nullable TraceContext trace) {
        var state = state(status);
        boolean done = state == CommandState.SUCCEEDED;
        var origin = done ? null : Origin.DEVICE;
        boolean fits = payload.size() <= MAX_ANSWER;
        var told = fits
                ? text
                : "the device's answer has " + payload.size() + " bytes (expected: at most " + MAX_ANSWER
                        + ") and is left out";
        return new CommandOutcome(
                state, true, status, origin, retryable(status), told, fits ? payload : Payload.EMPTY, trace);
    }

    /** The final state that a status means: 2xx done, 4xx refused, the rest failed, but for those that tell of time. */
    private static CommandState state(int status) {
        return switch (status) {
            case 408, 504 -> CommandState.TIMED_OUT;
            case 410 -> CommandState.EXPIRED;
            case 499 -> CommandState.CANCELLED;
            default ->
                switch (status / 100) {
                    case 2 -> CommandState.SUCCEEDED;
                    case 4 -> CommandState.REJECTED;
                    default -> CommandState.FAILED;
                };
        };
    }

    /** Whether a device that answers so may answer otherwise later; HTTP's customs. */
    private static boolean retryable(int status) {
        return switch (status) {
            case 408, 425, 429, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
