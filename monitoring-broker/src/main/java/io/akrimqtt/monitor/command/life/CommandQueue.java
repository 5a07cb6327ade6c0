package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All commands of one device: {@code (state, event) -> decisions}. Confined to one owner. Deterministic and total: any event is
 * legal at any time. Each command that was taken ends exactly once, in time; what ends it first counts.
 *
 * <p>A command without queueing is sent at once or fails, but waits for its turn where the order is not a burst. One with queueing
 * waits for the device; its record is made safe before its caller is told that it is queued, and again before it is sent, so
 * that a later process knows of each command whether it may have been sent.
 */
public final class CommandQueue {

    private final QueueRules rules;
    private final Map<String, Command> commands = new HashMap<>();
    private final Map<String, Command> byKey = new HashMap<>();
    private final Waiting waiting = new Waiting();
    private final Map<String, Command> flying = new LinkedHashMap<>();
    private final Ended ended = new Ended();
    private final Timers timers = new Timers();
    private List<QueueDecision> decisions = new ArrayList<>();
    private Instant now = Instant.MIN;
    private Instant heldUntil = Instant.MIN;
    private Instant wakeAt = Instant.MAX;
    private boolean connected;
    private boolean loaded;
    private boolean reachable = true;
    private String reason = "";
    private long numbers;
    private long tickets;

    /** Without a connection, and with records of earlier processes still to come. */
    public CommandQueue(QueueRules rules) {
        this.rules = rules;
    }

    /**
     * Applies one event. What is due before it happens first; an answer that comes at the very moment of its deadline is in time.
     */
    public List<QueueDecision> on(QueueEvent event) {
        now = event.at().isAfter(now) ? event.at() : now;
        fire(event instanceof QueueEvent.Tick);
        apply(event);
        sendNext();
        wake();
        var taken = decisions;
        decisions = new ArrayList<>();
        return taken;
    }

    private void apply(QueueEvent event) {
        switch (event) {
            case QueueEvent.Submitted(var _, var id, var order) -> submitted(id, order);
            case QueueEvent.Kept(var _, var id, var ticket) -> find(id, ticket).ifPresent(this::kept);
            case QueueEvent.NotKept(var _, var id, var ticket, var why) ->
                find(id, ticket).ifPresent(command -> notKept(command, why));
            case QueueEvent.Restored(var _, var command) -> restored(command);
            case QueueEvent.Loaded _ -> loaded = true;
            case QueueEvent.Reach(var _, var now, var why) -> reach(now, why);
            case QueueEvent.Line(var _, var there) -> line(there);
            case QueueEvent.Reported(var _, var id, var attempt, var what) -> reported(id, attempt, what);
            case QueueEvent.Overheard(var _, var id, var what) -> overheard(id, what);
            case QueueEvent.Cancelled(var _, var id, var why) -> cancelled(id, why);
            case QueueEvent.Tick _ -> {}
        }
    }

    // Coming in.

    private void submitted(String id, CommandOrder order) {
        if (!order.idempotencyKey().isEmpty()) {
            @Nullable Command earlier = byKey.get(key(order));
            if (earlier != null) {
                again(id, order, earlier);
                return;
            }
        }
        var obstacle = obstacle(order);
        if (obstacle.isPresent()) {
            decisions.add(new QueueDecision.Tell(new CommandUpdate(id, now, obstacle.get())));
            return;
        }
        var command = add(new Command(id, ++numbers, order, now));
        waiting.replaceable(command.replaceKey()).ifPresent(old -> end(old, Endings.replaced(id)));
        timers.set(command, command.until);
        if (order.queueing() == null) {
            command.deadline = command.until;
        }
        if (order.durable()) {
            command.step = Command.Step.KEEPING;
            waiting.add(command);
            keep(command);
        } else if (rules.order() == SendingOrder.BURST) {
            send(command);
        } else {
            waiting.add(command);
            if (!mayGo(command)) {
                tell(command, CommandOutcome.queued("waits for its turn"));
            }
        }
    }

    private void again(String id, CommandOrder order, Command earlier) {
        decisions.add(
                earlier.fingerprint.equals(Fingerprint.of(order))
                        ? new QueueDecision.Same(id, earlier.view())
                        : new QueueDecision.Tell(new CommandUpdate(id, now, Endings.conflict())));
    }

    private Optional<CommandOutcome> obstacle(CommandOrder order) {
        boolean waits = order.queueing() != null;
        if (!waits && !connected) {
            return Optional.of(Endings.noServer());
        }
        if (!waits && !reachable) {
            return Optional.of(Endings.unreachable(reason));
        }
        if (!waits && rules.order() == SendingOrder.BURST && flying.size() >= rules.maxInFlight()) {
            return Optional.of(Endings.tooManyInFlight(rules.maxInFlight()));
        }
        if (waiting.size() >= rules.maxWaiting()) {
            return Optional.of(Endings.tooManyWaiting(rules.maxWaiting()));
        }
        return waiting.bytes() + order.payload().size() > rules.maxWaitingBytes()
                ? Optional.of(Endings.tooManyBytes(rules.maxWaitingBytes()))
                : Optional.empty();
    }

    private Command add(Command command) {
        commands.put(command.id, command);
        if (!command.order.idempotencyKey().isEmpty()) {
            byKey.putIfAbsent(key(command.order), command);
        }
        return command;
    }

    private static String key(CommandOrder order) {
        return order.caller() + "\0" + order.idempotencyKey();
    }

    private void keep(Command command) {
        command.ticket = ++tickets;
        decisions.add(new QueueDecision.Keep(command.record(), command.ticket));
    }

    private Optional<Command> find(String id, long ticket) {
        return Optional.ofNullable(commands.get(id)).filter(command -> command.ticket == ticket);
    }

    private void kept(Command command) {
        command.ticket = 0;
        switch (command.step) {
            case KEEPING -> {
                command.step = Command.Step.WAITING;
                tell(command, CommandOutcome.queued(reachable ? "" : reason));
            }
            case NOTING -> leave(command);
            case WAITING, SENT, ENDED -> {}
        }
    }

    private void notKept(Command command, String why) {
        command.ticket = 0;
        switch (command.step) {
            case KEEPING -> {
                end(command, Endings.notKept(why));
                forget(command);
            }
            case NOTING -> back(command, "what it would be sent as could not be kept: " + why, QueueRules.UNSENT_RETRY);
            case WAITING, SENT, ENDED -> {}
        }
    }

    // From an earlier process.

    private void restored(CommandRecord record) {
        boolean full = waiting.size() + flying.size() >= 2 * rules.maxWaiting();
        if (commands.containsKey(record.id()) || (full && record.outcome() == null)) {
            return;
        }
        numbers = Math.max(numbers, record.number());
        var command = add(new Command(record, now));
        if (record.outcome() != null) {
            remember(command);
        } else if (command.sent == null || command.deadline == null) {
            waiting.add(command);
            timers.set(command, command.until);
        } else {
            command.again = repeatable(command);
            timers.set(command, command.deadline);
            if (command.again) {
                waiting.add(command);
            } else {
                command.step = Command.Step.SENT;
                flying.put(command.id, command);
            }
        }
    }

    /** Whether the device would know it again, or its caller does not mind. */
    private boolean repeatable(Command command) {
        if (command.order.oneWay() || command.sent == null || command.deadline == null) {
            return false;
        }
        var end = command.deadline;
        if (!command.order.repeatable()) {
            var known = command.sent.plus(rules.memory());
            end = known.isBefore(end) ? known : end;
        }
        boolean time = now.plus(QueueRules.MARGIN).isBefore(end);
        return time && (rules.repeatable() || command.order.repeatable());
    }

    // What is known of the device and of the way to it.

    private void reach(boolean there, String why) {
        reachable = there;
        reason = why;
        heldUntil = there ? Instant.MIN : heldUntil;
        if (!there) {
            waiting.impatient().forEach(command -> end(command, Endings.unreachable(why)));
        }
    }

    private void line(boolean there) {
        connected = there;
        heldUntil = there ? Instant.MIN : heldUntil;
        if (!there) {
            waiting.impatient().forEach(command -> end(command, Endings.noServer()));
        }
    }

    // Going out.

    private void sendNext() {
        for (var next = waiting.first(); next.isPresent() && mayGo(next.get()); next = waiting.first()) {
            send(next.get());
        }
    }

    private boolean mayGo(Command command) {
        boolean open = connected && reachable && !now.isBefore(heldUntil);
        boolean ready = command.step == Command.Step.WAITING && (loaded || !command.order.durable());
        return open && ready && flying.size() < rules.maxInFlight() && turn();
    }

    private boolean turn() {
        return switch (rules.order()) {
            case BURST -> true;
            case AFTER_ACK -> flying.values().stream().allMatch(command -> command.acknowledged);
            case AFTER_RESPONSE -> flying.isEmpty();
        };
    }

    private void send(Command command) {
        waiting.remove(command);
        flying.put(command.id, command);
        if (command.again) {
            if (repeatable(command)) {
                leave(command);
            } else {
                command.again = false;
                command.step = Command.Step.SENT;
            }
            return;
        }
        command.sent = now;
        command.deadline =
                command.queued() || command.deadline == null ? now.plus(command.order.timeout()) : command.deadline;
        timers.set(command, command.deadline);
        if (command.order.durable()) {
            command.step = Command.Step.NOTING;
            keep(command);
        } else {
            leave(command);
        }
    }

    private void leave(Command command) {
        command.step = Command.Step.SENT;
        command.acknowledged = false;
        var end = command.deadline == null ? now : command.deadline;
        var left = Duration.between(now, command.again ? end.minusSeconds(1) : end);
        if (left.isPositive()) {
            command.attempt++;
            decisions.add(new QueueDecision.Send(command.id, command.order, left, command.attempt));
        }
    }

    /** It surely did not reach the device. */
    private void back(Command command, String why, Duration wait) {
        flying.remove(command.id);
        command.step = Command.Step.WAITING;
        if (!command.again) {
            command.sent = null;
            command.deadline = command.queued() ? null : command.deadline;
            timers.set(command, command.until);
        }
        waiting.add(command);
        heldUntil = now.plus(wait);
        tell(command, CommandOutcome.queued(why));
        if (command.order.durable()) {
            decisions.add(new QueueDecision.Keep(command.record(), 0));
        }
    }

    // What became of it.

    private void reported(String id, int attempt, CommandEvent event) {
        @Nullable Command command = commands.get(id);
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
        @Nullable Command command = commands.get(id);
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
            command.late = new CommandUpdate(command.id, now, outcome.within(QueueRules.MAX_KEPT_ANSWER));
            decisions.add(new QueueDecision.Late(command.late));
        }
    }

    private void happened(Command command, CommandEvent event) {
        boolean waits = command.queued() && !command.acknowledged;
        switch (event) {
            case CommandEvent.Published(var nobody) -> {
                if (nobody && waits) {
                    decisions.add(new QueueDecision.Leave(command.id, command.attempt));
                    back(command, "the MQTT server says that nobody listens", QueueRules.NOBODY_RETRY);
                    return;
                }
                progress(command, event);
            }
            case CommandEvent.Accepted _, CommandEvent.InProgress _ -> progress(command, event);
            case CommandEvent.Answered _ -> end(command, CommandOutcome.of(event, command.order.oneWay()));
            case CommandEvent.Failed failed -> {
                if (waits && unsent(failed)) {
                    back(command, failed.text(), QueueRules.UNSENT_RETRY);
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
            tell(command, outcome);
        }
    }

    private void cancelled(String id, String why) {
        @Nullable Command command = commands.get(id);
        if (command != null && command.step != Command.Step.ENDED) {
            end(command, Endings.cancelled(why, command.again || command.step == Command.Step.SENT));
        }
    }

    // Ending.

    private void tell(Command command, CommandOutcome outcome) {
        command.latest = new CommandUpdate(command.id, now, outcome);
        decisions.add(new QueueDecision.Tell(command.latest));
    }

    private void end(Command command, CommandOutcome outcome) {
        boolean listening = command.step == Command.Step.SENT && command.attempt > 0;
        waiting.remove(command);
        flying.remove(command.id);
        command.step = Command.Step.ENDED;
        command.ended = now;
        tell(command, outcome);
        command.latest = new CommandUpdate(command.id, now, outcome.within(QueueRules.MAX_KEPT_ANSWER));
        command.order = command.order.emptied();
        if (listening) {
            decisions.add(new QueueDecision.Leave(command.id, command.attempt));
        }
        if (command.order.durable()) {
            decisions.add(new QueueDecision.Keep(command.record(), 0));
        }
        remember(command);
    }

    private void remember(Command command) {
        command.step = Command.Step.ENDED;
        ended.add(command);
        timers.set(command, (command.ended == null ? now : command.ended).plus(rules.keepEnded()));
        if (ended.size() > rules.maxEnded()) {
            forget(ended.oldest());
        }
    }

    private void forget(Command command) {
        ended.remove(command);
        timers.remove(command);
        commands.remove(command.id);
        if (!command.order.idempotencyKey().isEmpty()) {
            byKey.remove(key(command.order), command);
        }
        if (command.order.durable()) {
            decisions.add(new QueueDecision.Forget(command.id));
        }
    }

    // Time.

    private void fire(boolean tick) {
        for (var first = timers.first(); first.isPresent(); first = timers.first()) {
            var due = first.get().due;
            if (tick ? due.isAfter(now) : !due.isBefore(now)) {
                return;
            }
            fire(first.get());
        }
    }

    private void fire(Command command) {
        switch (command.step) {
            case KEEPING, NOTING -> end(command, Endings.expired(command));
            case WAITING -> end(command, command.again ? Endings.timedOut(command) : Endings.expired(command));
            case SENT -> end(command, Endings.timedOut(command));
            case ENDED -> forget(command);
        }
    }

    private void wake() {
        boolean held = waiting.size() > 0 && heldUntil.isAfter(now);
        var next = held && heldUntil.isBefore(timers.next()) ? heldUntil : timers.next();
        if (!next.equals(wakeAt)) {
            wakeAt = next;
            decisions.add(new QueueDecision.WakeAt(next));
        }
    }

    // Asking.

    /** A command, where it is remembered. */
    public Optional<CommandView> view(String id) {
        return Optional.ofNullable(commands.get(id)).map(Command::view);
    }

    /** All that are remembered, the oldest first. */
    public List<CommandView> views() {
        return commands.values().stream()
                .sorted(Comparator.<Command, Instant>comparing(command -> command.submitted)
                        .thenComparingLong(command -> command.number))
                .map(Command::view)
                .toList();
    }

    /** How many wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How many are under way. */
    public int inFlight() {
        return flying.size();
    }
}
