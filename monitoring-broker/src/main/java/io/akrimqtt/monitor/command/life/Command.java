package io.akrimqtt.monitor.command.life;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One command. Confined to its queue, which writes its fields. */
final class Command {

    /** Where it is; what people are told of is {@link CommandState}. */
    enum Step {
        /** Its record is being made safe. */
        KEEPING,
        WAITING,
        /** That it is about to be sent is being made safe. */
        NOTING,
        SENT,
        /** Another workload of the device minds it; what that writes is followed. */
        ELSEWHERE,
        ENDED
    }

    final String id;
    final long number;
    final int size;
    final String fingerprint;
    final Instant submitted;
    final Instant until;
    CommandOrder order;
    Step step = Step.WAITING;
    CommandUpdate latest;

    @Nullable
    CommandUpdate late;

    @Nullable
    Instant sent;

    @Nullable
    Instant deadline;

    @Nullable
    Instant ended;

    /** How often it was sent by this process. */
    int attempt;

    /** What the record that is being made safe is answered with. */
    long ticket;

    /** The MQTT server has taken it, or the device has shown so. */
    boolean acknowledged;

    /** Its record was written: it must be brought up to date, and deleted in the end. */
    boolean recorded;

    /** Another workload minds it, so its record is not ours to write. */
    boolean elsewhere;

    /** An earlier process may have sent it: it is to be sent again. */
    boolean again;

    /** Its place among the timers; written by {@link Timers} alone. */
    Instant due = Instant.MAX;

    Command(String id, long number, CommandOrder order, Instant submitted) {
        this.id = id;
        this.number = number;
        this.order = order;
        this.size = order.payload().size();
        this.fingerprint = order.idempotencyKey().isEmpty() ? "" : Fingerprint.of(order);
        this.submitted = submitted;
        var queueing = order.queueing();
        this.until = submitted.plus(queueing == null ? order.timeout() : queueing.ttl());
        this.latest = new CommandUpdate(id, submitted, CommandOutcome.queued(""));
    }

    Command(CommandRecord record, Instant now) {
        this.id = record.id();
        this.number = record.number();
        this.order = record.order();
        this.size = order.payload().size();
        this.fingerprint = record.fingerprint();
        this.submitted = record.submitted();
        this.until = record.until();
        this.sent = record.sent();
        this.deadline = record.deadline();
        this.ended = record.ended();
        this.recorded = true;
        var outcome = record.outcome();
        var told = sent == null ? "" : "it may have been sent before its workload ended";
        this.latest = outcome == null
                ? new CommandUpdate(id, now, CommandOutcome.queued(told))
                : new CommandUpdate(id, ended == null ? now : ended, outcome);
    }

    boolean queued() {
        return order.queueing() != null;
    }

    CommandPriority priority() {
        var queueing = order.queueing();
        return queueing == null ? CommandPriority.NORMAL : queueing.priority();
    }

    /** What it may take the place of; empty for nothing. */
    String replaceKey() {
        var queueing = order.queueing();
        return queueing == null ? "" : queueing.replaceKey();
    }

    CommandRecord record() {
        var outcome = latest.outcome();
        return new CommandRecord(
                id,
                number,
                order,
                fingerprint,
                submitted,
                until,
                sent,
                deadline,
                outcome.last() ? outcome : null,
                ended);
    }

    CommandView view() {
        return new CommandView(order, size, submitted, until, sent, latest, late);
    }
}
