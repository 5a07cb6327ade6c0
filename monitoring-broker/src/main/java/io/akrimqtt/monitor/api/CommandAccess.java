package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.Caller;
import io.akrimqtt.monitor.api.guard.CallGuard;
import io.akrimqtt.monitor.api.trace.TraceCalls;
import io.akrimqtt.monitor.command.CommandAudit;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the rules for each call, and writes one line per command into the audit log. Thread-safe. */
final class CommandAccess {

    private final AccessRules rules;
    private final InstantSource clock;

    CommandAccess(AccessRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Why the caller may not send this command, or empty where it may. Writes the line where it may not. */
    Optional<CommandUpdate> refusal(Caller caller, String command) {
        if (rules.mayCommand(caller, command)) {
            return Optional.empty();
        }
        line(caller, "invoke", command, "", "refused", TraceCalls.trace());
        var outcome =
                CommandOutcome.refused(403, Origin.CALLER, false, "the rules do not allow this caller this command");
        return Optional.of(new CommandUpdate("", clock.instant(), outcome));
    }

    /** A command was taken, or refused by the queue: its first update tells. */
    void taken(Caller caller, String command, @Nullable TraceContext trace, CommandUpdate first) {
        var outcome = first.outcome();
        var word = outcome.last() && outcome.status() >= 400 ? "not taken: " + outcome.status() : "taken";
        line(caller, "invoke", command, first.id(), word, trace);
    }

    /** Whether a command may be taken back; writes the line. */
    boolean mayCancel(Caller caller, String command, String id) {
        boolean may = rules.mayCommand(caller, command);
        line(caller, "cancel", command, id, may ? "taken" : "refused", TraceCalls.trace());
        return may;
    }

    /** Whether a command may be followed: who may send one learns what becomes of it. */
    boolean mayFollow(Caller caller, String command) {
        return rules.mayRead(caller) || rules.mayCommand(caller, command);
    }

    /** Whether the caller may look; ends the call where it may not. */
    boolean mayRead(StreamObserver<?> observer) {
        boolean may = rules.mayRead(CallGuard.caller());
        if (!may) {
            observer.onError(Status.PERMISSION_DENIED
                    .withDescription("the rules do not let this caller read (expected: a rule with read: true)")
                    .asRuntimeException());
        }
        return may;
    }

    private static void line(
            Caller caller, String action, String command, String id, String outcome, @Nullable TraceContext trace) {
        CommandAudit.line(caller.name(), action, command, id, outcome, trace);
    }
}
