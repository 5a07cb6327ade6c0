package io.akrimqtt.monitor.command.life;

import java.time.Duration;
import java.time.Instant;

/** What the shell must do now; the core never does it itself. */
public sealed interface QueueDecision {

    /** Tell those who wait for the command. The last update of a command has {@link CommandOutcome#last()} set, once. */
    record Tell(CommandUpdate update) implements QueueDecision {}

    /** The order with this id is the same command as an earlier one: those who wait for it wait for that one. */
    record Same(String id, CommandView earlier) implements QueueDecision {}

    /**
     * Make this record safe, in place of the command's earlier ones, in the order of these decisions.
     *
     * @param ticket answer with {@link QueueEvent.Kept} or {@link QueueEvent.NotKept}; 0 where no answer is wanted
     */
    record Keep(CommandRecord command, long ticket) implements QueueDecision {}

    /** Delete the command's record. */
    record Forget(String id) implements QueueDecision {}

    /**
     * Send the request, with the command's id as its correlation.
     *
     * @param timeout how long an answer is waited for, and how long the request is of use; positive
     * @param attempt to be repeated in {@link QueueEvent.Reported}
     */
    record Send(String id, CommandOrder order, Duration timeout, int attempt) implements QueueDecision {}

    /** Nobody waits for the answer of that request any more. */
    record Leave(String id, int attempt) implements QueueDecision {}

    /** An answer came after the command had timed out. */
    record Late(CommandUpdate update) implements QueueDecision {}

    /** Deliver a {@link QueueEvent.Tick} at or after this instant; replaces the one asked for before. */
    record WakeAt(Instant at) implements QueueDecision {}
}
