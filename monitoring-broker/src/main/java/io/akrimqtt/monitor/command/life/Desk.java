package io.akrimqtt.monitor.command.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What time it is, and what was decided during one event. Confined to its queue. */
final class Desk {

    private List<QueueDecision> decisions = new ArrayList<>();
    private Instant now = Instant.MIN;
    private long tickets;

    Instant now() {
        return now;
    }

    /** Time never goes back. */
    void at(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    void decide(QueueDecision decision) {
        decisions.add(decision);
    }

    void tell(Command command, CommandOutcome outcome) {
        command.latest = new CommandUpdate(command.id, now, outcome);
        decide(new QueueDecision.Tell(command.latest));
    }

    /** Makes its record safe, and wants to know. */
    void keep(Command command) {
        command.ticket = ++tickets;
        command.recorded = true;
        decide(new QueueDecision.Keep(command.record(), command.ticket));
    }

    /** Brings its record up to date, where it has one that is ours. */
    void note(Command command) {
        if (command.recorded && !command.elsewhere) {
            decide(new QueueDecision.Keep(command.record(), 0));
        }
    }

    /**
     * The same at its end. One that was written down just for the time that its answer may come has a record no longer than that.
     */
    void noteEnd(Command command, CommandOutcome outcome) {
        if (command.order.durable() || outcome.mayStillBeAnswered()) {
            note(command);
        } else {
            erase(command);
        }
    }

    /** Deletes its record, where it has one that is ours. */
    void erase(Command command) {
        if (command.recorded && !command.elsewhere) {
            decide(new QueueDecision.Forget(command.id));
        }
        command.recorded = false;
    }

    List<QueueDecision> take() {
        var taken = decisions;
        decisions = new ArrayList<>();
        return taken;
    }
}
