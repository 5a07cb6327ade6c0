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
        decide(new QueueDecision.Keep(command.record(), command.ticket));
    }

    /** Makes its record safe where it must outlive us. */
    void note(Command command) {
        if (command.order.durable()) {
            decide(new QueueDecision.Keep(command.record(), 0));
        }
    }

    List<QueueDecision> take() {
        var taken = decisions;
        decisions = new ArrayList<>();
        return taken;
    }
}
