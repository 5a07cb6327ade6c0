package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One caller who waits for a command. */
final class CommandStream {

    /** What of a call's deadline is kept for the last status to reach the caller: a tenth, at most this. */
    private static final Duration LONGEST_RESERVE = Duration.ofMillis(250);

    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private CommandStream() {}

    static void start(
            InvokeCommandRequest request, ServerCallStreamObserver<CommandStatus> observer, DeviceCommands commands) {
        var call = new AtomicReference<CommandCall>(() -> {});
        // Runs on this call's own executor, hence after this method.
        observer.setOnCancelHandler(() -> call.get().cancel());
        call.set(commands.invoke(order(request), update -> tell(update, observer)));
    }

    private static CommandOrder order(InvokeCommandRequest request) {
        var contentType = request.getContentType();
        var payload = Payload.of(request.getPayload().toByteArray(), contentType.isEmpty() ? null : contentType);
        return new CommandOrder(request.getCommand(), payload, timeout(request), request.getOneWay());
    }

    private static Duration timeout(InvokeCommandRequest request) {
        var asked = CommandOrder.DEFAULT_TIMEOUT;
        if (request.hasTimeout()) {
            long seconds = Math.clamp(request.getTimeout().getSeconds(), -LONGEST_SECONDS, LONGEST_SECONDS);
            asked = Duration.ofSeconds(seconds, request.getTimeout().getNanos());
        }
        return bounded(asked, Context.current().getDeadline());
    }

    /** What is too long stays so, deadline or not: it is refused by the rules. */
    private static Duration bounded(Duration asked, @Nullable Deadline deadline) {
        if (deadline == null || asked.compareTo(CommandOrder.LONGEST_TIMEOUT) > 0) {
            return asked;
        }
        var left = Duration.ofNanos(Math.max(10, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        var tenth = left.dividedBy(10);
        var usable = left.minus(tenth.compareTo(LONGEST_RESERVE) < 0 ? tenth : LONGEST_RESERVE);
        return asked.compareTo(usable) < 0 ? asked : usable;
    }

    /** Leaves out what a caller that reads too slowly has no room for, but never the last. */
    private static void tell(CommandUpdate update, ServerCallStreamObserver<CommandStatus> observer) {
        boolean last = update.outcome().last();
        if (last || observer.isReady()) {
            observer.onNext(CommandStatuses.of(update));
        }
        if (last) {
            observer.onCompleted();
        }
    }
}
