package io.akrimqtt.monitor.api;

import com.google.protobuf.UnsafeByteOperations;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.Origin;
import org.jspecify.annotations.Nullable;

/** States of commands on the wire. */
final class CommandStatuses {

    private CommandStatuses() {}

    static CommandStatus of(CommandUpdate update) {
        var outcome = update.outcome();
        var trace = outcome.trace();
        return CommandStatus.newBuilder()
                .setCommandId(update.id())
                .setState(state(outcome.state()))
                .setLast(outcome.last())
                .setStatus(outcome.status())
                .setOrigin(origin(outcome.origin()))
                .setRetryable(outcome.retryable())
                .setText(outcome.text())
                // The payload is a copy that nobody else has.
                .setPayload(UnsafeByteOperations.unsafeWrap(outcome.payload().bytes()))
                .setContentType(outcome.payload().contentType().orElse(""))
                .setAt(Timestamps.of(update.at()))
                .setTraceparent(trace == null ? "" : trace.traceparent())
                .setTracestate(trace == null ? "" : trace.state())
                .build();
    }

    private static CommandState state(io.akrimqtt.monitor.command.life.CommandState state) {
        return switch (state) {
            case QUEUED -> CommandState.COMMAND_STATE_QUEUED;
            case PUBLISHED -> CommandState.COMMAND_STATE_PUBLISHED;
            case ACCEPTED -> CommandState.COMMAND_STATE_ACCEPTED;
            case IN_PROGRESS -> CommandState.COMMAND_STATE_IN_PROGRESS;
            case SUCCEEDED -> CommandState.COMMAND_STATE_SUCCEEDED;
            case FAILED -> CommandState.COMMAND_STATE_FAILED;
            case REJECTED -> CommandState.COMMAND_STATE_REJECTED;
            case TIMED_OUT -> CommandState.COMMAND_STATE_TIMED_OUT;
            case EXPIRED -> CommandState.COMMAND_STATE_EXPIRED;
            case CANCELLED -> CommandState.COMMAND_STATE_CANCELLED;
        };
    }

    private static Origin origin(io.akrimqtt.messaging.rpc.@Nullable Origin origin) {
        return switch (origin) {
            case null -> Origin.ORIGIN_UNSPECIFIED;
            case CALLER -> Origin.ORIGIN_CALLER;
            case QUEUE -> Origin.ORIGIN_QUEUE;
            case SERVER -> Origin.ORIGIN_SERVER;
            case DEVICE -> Origin.ORIGIN_DEVICE;
        };
    }
}
