package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.monitor.api.guard.CallGuard;
import io.akrimqtt.monitor.api.trace.TraceCalls;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One caller who waits for a command. */
final class CommandStream {

    /** What of a call's deadline is kept for the last status to reach the caller: a tenth, at most this. */
    private static final Duration LONGEST_RESERVE = Duration.ofMillis(250);

    private CommandStream() {}

    static void start(
            InvokeCommandRequest request,
            ServerCallStreamObserver<CommandStatus> observer,
            DeviceCommands commands,
            CommandAccess access) {
        var caller = CallGuard.caller();
        var refusal = access.refusal(caller, request.getCommand());
        if (refusal.isPresent()) {
            tell(refusal.get(), observer);
            return;
        }
        var trace = TraceCalls.trace();
        var call = new AtomicReference<CommandCall>(() -> {});
        var first = new AtomicBoolean(true);
        // Runs on this call's own executor, hence after this method.
        observer.setOnCancelHandler(() -> call.get().cancel());
        call.set(commands.invoke(order(request, caller.name()).traced(trace), update -> {
            if (first.compareAndSet(true, false)) {
                access.taken(caller, request.getCommand(), trace, update);
            }
            tell(update, observer);
        }));
    }

    /** Answers with the first thing that is known. */
    static void submit(
            InvokeCommandRequest request,
            StreamObserver<CommandStatus> observer,
            DeviceCommands commands,
            CommandAccess access) {
        var caller = CallGuard.caller();
        var first = new AtomicBoolean(true);
        Consumer<CommandUpdate> answer = update -> {
            if (first.compareAndSet(true, false)) {
                observer.onNext(CommandStatuses.of(update));
                observer.onCompleted();
            }
        };
        var refusal = access.refusal(caller, request.getCommand());
        if (refusal.isPresent()) {
            answer.accept(refusal.get());
            return;
        }
        var trace = TraceCalls.trace();
        var order = CommandRequests.order(request, CommandRequests.timeout(request), caller.name())
                .traced(trace);
        var _ = commands.invoke(order.queueing() == null ? order.queued(Queueing.DEFAULT) : order, update -> {
            if (first.get()) {
                access.taken(caller, request.getCommand(), trace, update);
            }
            answer.accept(update);
        });
    }

    private static CommandOrder order(InvokeCommandRequest request, String caller) {
        var asked = CommandRequests.timeout(request);
        var timeout =
                request.hasQueueing() ? asked : bounded(asked, Context.current().getDeadline());
        return CommandRequests.order(request, timeout, caller);
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

    /** Follows a command that was ordered before; one that the caller may neither send nor see is not known to it. */
    static void follow(
            String id,
            ServerCallStreamObserver<CommandStatus> observer,
            DeviceCommands commands,
            CommandAccess access) {
        var caller = CallGuard.caller();
        var call = new AtomicReference<CommandCall>(() -> {});
        observer.setOnCancelHandler(() -> call.get().cancel());
        commands.find(id)
                .thenCompose(found -> found.filter(
                                view -> access.mayFollow(caller, view.order().command()))
                        .map(_ -> commands.watch(id, update -> tell(update, observer)))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())))
                .thenAccept(found -> found.ifPresentOrElse(call::set, () -> observer.onError(unknown(id))))
                .exceptionally(_ -> null);
    }

    static StatusRuntimeException unknown(String id) {
        var shown = id.length() <= 40 ? id : id.substring(0, 40) + "…";
        return Status.NOT_FOUND
                .withDescription("command_id: '" + shown
                        + "' is not known (expected: that of a command that waits, is under way, or ended in the last"
                        + " 10 minutes)")
                .asRuntimeException();
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
