package io.akrimqtt.monitor.command.life;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands that come from an earlier process, or go to another workload of the device and come back. Each has one that minds it;
 * whoever did before follows what becomes of it, for its callers. Confined to its queue.
 */
final class Handover {

    /** How long after its time the end of a command is waited for that another workload minds. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final QueueRules rules;
    private final Desk desk;
    private final CommandBook book;
    private final Waiting waiting;
    private final Courier courier;
    private final BiConsumer<Command, CommandOutcome> end;

    Handover(
            QueueRules rules,
            Desk desk,
            CommandBook book,
            Waiting waiting,
            Courier courier,
            BiConsumer<Command, CommandOutcome> end) {
        this.rules = rules;
        this.desk = desk;
        this.book = book;
        this.waiting = waiting;
        this.courier = courier;
        this.end = end;
    }

    /** A record is ours to mind now. */
    void restored(CommandRecord record) {
        @Nullable Command known = book.get(record.id());
        boolean full = waiting.size() + courier.inFlight() >= 2 * rules.maxWaiting();
        if (known != null) {
            comeBack(known, record);
        } else if (!full || record.outcome() != null) {
            var command = book.add(new Command(record, desk.now()));
            if (record.outcome() == null) {
                goOn(command);
            } else {
                command.step = Command.Step.ENDED;
                var ended = command.ended == null ? desk.now() : command.ended;
                book.ended(command, ended.plus(rules.keepEnded()));
            }
        }
    }

    /** The one that minded it in our place has gone. */
    private void comeBack(Command command, CommandRecord record) {
        if (!command.elsewhere) {
            return;
        }
        command.elsewhere = false;
        if (command.step != Command.Step.ELSEWHERE) {
            desk.note(command);
        } else if (record.outcome() != null) {
            end.accept(command, record.outcome());
        } else {
            command.sent = record.sent();
            command.deadline = record.deadline();
            goOn(command);
        }
    }

    private void goOn(Command command) {
        if (command.sent != null && command.deadline != null) {
            command.again = command.order.durable() && courier.repeatable(command);
            book.timers.set(command, command.deadline);
            if (command.again) {
                wait(command);
            } else {
                courier.adopt(command);
            }
        } else if (command.order.durable()) {
            wait(command);
            book.timers.set(command, command.until);
        } else {
            // Nobody waits for it any more, and it was not sent.
            end.accept(command, Endings.expired(command));
        }
    }

    private void wait(Command command) {
        command.step = Command.Step.WAITING;
        waiting.add(command);
    }

    /**
     * Another workload has written the record of a command that we know.
     *
     * @param lost it minds the command; else we do
     */
    void contested(CommandRecord theirs, boolean lost) {
        @Nullable Command command = book.get(theirs.id());
        if (command == null) {
            return;
        }
        command.elsewhere |= lost;
        var outcome = theirs.outcome();
        if (command.step == Command.Step.ENDED) {
            desk.note(command);
        } else if (outcome != null) {
            end.accept(command, outcome);
        } else if (lost) {
            giveWay(command);
        } else {
            desk.note(command);
        }
    }

    /** What was sent ends here as well, by its answer or in its time. */
    private void giveWay(Command command) {
        switch (command.step) {
            case KEEPING, WAITING, NOTING -> {
                waiting.remove(command);
                courier.remove(command);
                command.ticket = 0;
                command.step = Command.Step.ELSEWHERE;
                var deadline = command.deadline;
                var last = deadline != null && deadline.isAfter(command.until) ? deadline : after(command);
                book.timers.set(command, last.plus(GRACE));
                desk.tell(command, CommandOutcome.queued("another workload of the device minds it"));
            }
            case SENT, ELSEWHERE, ENDED -> {}
        }
    }

    private static Instant after(Command command) {
        return command.until.plus(command.order.timeout());
    }
}
