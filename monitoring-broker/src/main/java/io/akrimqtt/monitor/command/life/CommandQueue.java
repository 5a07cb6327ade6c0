package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All commands of one device, or of the devices of one group, each of which has a turn of its own: {@code (state, event) -> decisions}. Confined to one owner. Deterministic and total: any event is
 * legal at any time. Each command that was taken ends exactly once, in time; what ends it first counts.
 *
 * <p>A command without queueing is sent at once or fails, but waits for its turn where the order is not a burst. One with queueing
 * waits for the device; its record is made safe before its caller is told that it is queued, and again before it is sent, so
 * that a later process knows of each command whether it may have been sent.
 */
public final class CommandQueue {

    private final QueueRules rules;
    private final CommandBook book = new CommandBook();
    private final Reachability device = new Reachability();
    private final Waiting waiting = new Waiting();
    private final Desk desk = new Desk();
    private final Courier courier;
    private final Handover handover;
    private Instant wakeAt = Instant.MAX;
    private long numbers;

    /** Without a connection, and with records of earlier processes still to come. */
    public CommandQueue(QueueRules rules) {
        this.rules = rules;
        this.courier = new Courier(rules, desk, book.timers, device, waiting);
        this.handover = new Handover(rules, desk, book, waiting, courier, this::end);
    }

    /**
     * Applies one event. What is due before it happens first; an answer that comes at the very moment of its deadline is in time.
     */
    public List<QueueDecision> on(QueueEvent event) {
        desk.at(event.at());
        fire(event instanceof QueueEvent.Tick);
        apply(event);
        courier.sendNext();
        wake();
        return desk.take();
    }

    private void apply(QueueEvent event) {
        switch (event) {
            case QueueEvent.Submitted(var _, var id, var order) -> submitted(id, order);
            case QueueEvent.Kept(var _, var id, var ticket) ->
                book.find(id, ticket).ifPresent(this::kept);
            case QueueEvent.NotKept(var _, var id, var ticket, var why) ->
                book.find(id, ticket).ifPresent(command -> notKept(command, why));
            case QueueEvent.Restored(var _, var command) -> {
                numbers = Math.max(numbers, command.number());
                handover.restored(command);
                book.tooMany(rules.maxEnded()).ifPresent(this::forget);
            }
            case QueueEvent.Contested(var _, var theirs, var lost) -> handover.contested(theirs, lost);
            case QueueEvent.Loaded _ -> courier.loaded();
            case QueueEvent.Reach(var _, var member, var there, var why) -> reach(member, there, why);
            case QueueEvent.Line(var _, var there) -> line(there);
            case QueueEvent.Reported(var _, var id, var attempt, var what) -> reported(id, attempt, what);
            case QueueEvent.Overheard(var _, var id, var what) -> overheard(id, what);
            case QueueEvent.Cancelled(var _, var id, var why) -> cancelled(id, why);
            case QueueEvent.Tick _ -> {}
        }
    }

    // Coming in.

    private void submitted(String id, CommandOrder order) {
        @Nullable Command earlier = book.earlier(order);
        if (earlier != null) {
            again(id, order, earlier);
            return;
        }
        var obstacle = obstacle(order);
        if (obstacle.isPresent()) {
            desk.decide(new QueueDecision.Tell(new CommandUpdate(id, desk.now(), obstacle.get())));
            return;
        }
        var command = book.add(new Command(id, ++numbers, order, desk.now()));
        waiting.replaceable(command.replaceKey(), order.member()).ifPresent(old -> end(old, Endings.replaced(id)));
        book.timers.set(command, command.until);
        if (order.queueing() == null) {
            command.deadline = command.until;
        }
        if (order.durable()) {
            command.step = Command.Step.KEEPING;
            waiting.add(command);
            desk.keep(command);
        } else if (rules.order() == SendingOrder.BURST) {
            courier.send(command);
        } else {
            waiting.add(command);
            if (!courier.mayGo(command)) {
                desk.tell(command, CommandOutcome.queued("waits for its turn"));
            }
        }
    }

    private void again(String id, CommandOrder order, Command earlier) {
        desk.decide(
                earlier.fingerprint.equals(Fingerprint.of(order))
                        ? new QueueDecision.Same(id, earlier.view())
                        : new QueueDecision.Tell(new CommandUpdate(id, desk.now(), Endings.conflict())));
    }

    private Optional<CommandOutcome> obstacle(CommandOrder order) {
        boolean waits = order.queueing() != null;
        if (!waits && device.obstacle(order.member()).isPresent()) {
            return device.obstacle(order.member());
        }
        if (!waits
                && rules.order() == SendingOrder.BURST
                && courier.full(order.terms().traffic())) {
            return Optional.of(Endings.tooManyInFlight(rules.maxInFlight()));
        }
        if (waiting.size() >= rules.maxWaiting()) {
            return Optional.of(Endings.tooManyWaiting(rules.maxWaiting()));
        }
        return waiting.bytes() + order.payload().size() > rules.maxWaitingBytes()
                ? Optional.of(Endings.tooManyBytes(rules.maxWaitingBytes()))
                : Optional.empty();
    }

    private void kept(Command command) {
        command.ticket = 0;
        switch (command.step) {
            case KEEPING -> {
                command.step = Command.Step.WAITING;
                desk.tell(command, CommandOutcome.queued(device.reason(command.order.member())));
            }
            case NOTING -> courier.leave(command);
            case WAITING, SENT, ELSEWHERE, ENDED -> {}
        }
    }

    private void notKept(Command command, String why) {
        command.ticket = 0;
        switch (command.step) {
            case KEEPING -> {
                end(command, Endings.notKept(why));
                forget(command);
            }
            case NOTING -> {
                if (command.order.durable()) {
                    var text = "what it would be sent as could not be kept: " + why;
                    courier.back(command, text, QueueRules.UNSENT_RETRY);
                } else {
                    courier.leave(command);
                }
            }
            case WAITING, SENT, ELSEWHERE, ENDED -> {}
        }
    }

    // What is known of the device and of the way to it.

    private void reach(String member, boolean there, String why) {
        device.device(member, there, why);
        failImpatient();
    }

    private void line(boolean there) {
        device.line(there);
        if (there) {
            courier.connected();
        }
        failImpatient();
    }

    private void failImpatient() {
        waiting.impatient()
                .forEach(command ->
                        device.obstacle(command.order.member()).ifPresent(obstacle -> end(command, obstacle)));
    }

    // What became of it.

    private void reported(String id, int attempt, CommandEvent event) {
        @Nullable Command command = book.get(id);
        if (command == null) {
            return;
        }
        if (command.step == Command.Step.SENT && command.attempt == attempt) {
            happened(command, event);
        } else {
            late(command, event);
        }
    }

    private void overheard(String id, CommandEvent event) {
        @Nullable Command command = book.get(id);
        if (command == null) {
            return;
        }
        boolean hoped = command.again && command.step == Command.Step.WAITING;
        if (command.step == Command.Step.SENT || hoped) {
            happened(command, event);
        } else {
            late(command, event);
        }
    }

    private void late(Command command, CommandEvent event) {
        boolean hoped = command.step == Command.Step.ENDED
                && command.latest.outcome().state() == CommandState.TIMED_OUT
                && command.late == null;
        if (hoped && event instanceof CommandEvent.Answered) {
            var outcome = CommandOutcome.of(event, false);
            command.late = new CommandUpdate(command.id, desk.now(), outcome.within(QueueRules.MAX_KEPT_ANSWER));
            desk.decide(new QueueDecision.Late(command.late));
        }
    }

    private void happened(Command command, CommandEvent event) {
        boolean waits = command.queued() && !command.acknowledged;
        switch (event) {
            case CommandEvent.Published(var nobody) -> {
                if (nobody && waits) {
                    desk.decide(new QueueDecision.Leave(command.id, command.attempt));
                    courier.back(command, "the MQTT server says that nobody listens", QueueRules.NOBODY_RETRY);
                    return;
                }
                progress(command, event);
            }
            case CommandEvent.Accepted _, CommandEvent.InProgress _ -> progress(command, event);
            case CommandEvent.Answered _ -> end(command, CommandOutcome.of(event, command.order.oneWay()));
            case CommandEvent.Failed failed -> {
                if (waits && unsent(failed)) {
                    courier.back(command, failed.text(), QueueRules.UNSENT_RETRY);
                } else {
                    end(command, CommandOutcome.of(event, command.order.oneWay()));
                }
            }
        }
    }

    /** Whether a failure of the library means that nothing left us. */
    private static boolean unsent(CommandEvent.Failed failed) {
        return failed.retryable()
                && ((failed.status() == 503 && failed.origin() == Origin.SERVER)
                        || (failed.status() == 429 && failed.origin() == Origin.QUEUE));
    }

    private void progress(Command command, CommandEvent event) {
        command.acknowledged = true;
        var outcome = CommandOutcome.of(event, command.order.oneWay());
        if (outcome.last()) {
            end(command, outcome);
        } else if (outcome.state().compareTo(command.latest.outcome().state()) >= 0) {
            desk.tell(command, outcome);
        }
    }

    private void cancelled(String id, String why) {
        @Nullable Command command = book.get(id);
        boolean ours = command != null && command.step != Command.Step.ELSEWHERE;
        if (command != null && ours && command.step != Command.Step.ENDED) {
            end(command, Endings.cancelled(why, command.again || command.step == Command.Step.SENT));
        }
    }

    // Ending.

    private void end(Command command, CommandOutcome outcome) {
        boolean listening = command.step == Command.Step.SENT && command.attempt > 0;
        waiting.remove(command);
        courier.remove(command);
        command.step = Command.Step.ENDED;
        command.ended = desk.now();
        desk.tell(command, outcome);
        command.latest = new CommandUpdate(command.id, desk.now(), outcome.within(QueueRules.MAX_KEPT_ANSWER));
        command.order = command.order.emptied();
        if (listening) {
            desk.decide(new QueueDecision.Leave(command.id, command.attempt));
        }
        desk.noteEnd(command, outcome);
        book.ended(command, desk.now().plus(rules.keepEnded()));
        book.tooMany(rules.maxEnded()).ifPresent(this::forget);
    }

    private void forget(Command command) {
        book.forget(command);
        desk.erase(command);
    }

    // Time.

    private void fire(boolean tick) {
        for (var first = book.timers.first(); first.isPresent(); first = book.timers.first()) {
            var due = first.get().due;
            if (tick ? due.isAfter(desk.now()) : !due.isBefore(desk.now())) {
                return;
            }
            fire(first.get());
        }
    }

    private void fire(Command command) {
        switch (command.step) {
            case KEEPING -> end(command, Endings.expired(command));
            case NOTING -> {
                if (command.queued() && command.until.isAfter(desk.now())) {
                    command.ticket = 0;
                    courier.back(command, "what it would be sent as is not kept yet", QueueRules.UNSENT_RETRY);
                } else {
                    end(command, Endings.expired(command));
                }
            }
            case WAITING -> end(command, command.again ? Endings.timedOut(command) : Endings.expired(command));
            case SENT -> end(command, Endings.timedOut(command));
            case ELSEWHERE -> end(command, Endings.unheard());
            case ENDED -> forget(command);
        }
    }

    private void wake() {
        var held = earlier(device.heldUntil(desk.now()), courier.impatientAt());
        boolean first = waiting.size() > 0 && held.isBefore(book.timers.next());
        var next = first ? held : book.timers.next();
        if (!next.equals(wakeAt)) {
            wakeAt = next;
            desk.decide(new QueueDecision.WakeAt(next));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    // Asking.

    /** A command, where it is remembered. */
    public Optional<CommandView> view(String id) {
        return Optional.ofNullable(book.get(id)).map(Command::view);
    }

    /** All that are remembered, the oldest first. */
    public List<CommandView> views() {
        return book.views();
    }

    /** How many wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How many are under way. */
    public int inFlight() {
        return courier.inFlight();
    }
}
