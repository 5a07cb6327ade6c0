package io.akrimqtt.monitor.command.life;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends what waits, in its order and not too much at a time. Confined to its queue. */
final class Courier {

    private final QueueRules rules;
    private final Desk desk;
    private final Timers timers;
    private final Reachability device;
    private final Waiting waiting;
    private final Map<String, Command> flying = new LinkedHashMap<>();
    private final Map<TrafficClass, Integer> places = new EnumMap<>(TrafficClass.class);
    private boolean loaded;

    /** Until then what does not outlive us waits for the records of earlier processes, too; no connection was there before. */
    private Instant patience = Instant.MAX;

    Courier(QueueRules rules, Desk desk, Timers timers, Reachability device, Waiting waiting) {
        this.rules = rules;
        this.desk = desk;
        this.timers = timers;
        this.device = device;
        this.waiting = waiting;
    }

    /** All records of earlier processes are known. */
    void loaded() {
        loaded = true;
    }

    /** There is a server to send over; perhaps not the one that keeps the records. */
    void connected() {
        patience = patience.equals(Instant.MAX) ? desk.now().plus(QueueRules.LOADING) : patience;
    }

    /** When {@link #mayGo} may next change by time alone; far in the future for never. */
    Instant impatientAt() {
        return rules.written() && !loaded && desk.now().isBefore(patience) ? patience : Instant.MAX;
    }

    private boolean known(Command command) {
        boolean hurries =
                !command.order.durable() && (!rules.written() || !desk.now().isBefore(patience));
        return loaded || hurries;
    }

    /** An earlier process has sent it, and nobody can send it again. */
    void adopt(Command command) {
        command.step = Command.Step.SENT;
        fly(command);
    }

    private void fly(Command command) {
        if (flying.put(command.id, command) == null) {
            places.merge(command.order.terms().traffic(), 1, Integer::sum);
        }
    }

    void remove(Command command) {
        if (flying.remove(command.id) != null) {
            places.merge(command.order.terms().traffic(), -1, Integer::sum);
        }
    }

    int inFlight() {
        return flying.size();
    }

    /** No more of the class may be under way. */
    boolean full(TrafficClass traffic) {
        return places.getOrDefault(traffic, 0) >= rules.maxInFlight();
    }

    /** Where a device of a group cannot be sent anything, or one class of commands, it holds up no other. */
    void sendNext() {
        var stuck = new HashSet<Waiting.Lane>();
        for (var next = waiting.first(stuck); next.isPresent(); next = waiting.first(stuck)) {
            if (mayGo(next.get())) {
                send(next.get());
            } else {
                stuck.add(Waiting.Lane.of(next.get()));
            }
        }
    }

    boolean mayGo(Command command) {
        boolean ready = command.step == Command.Step.WAITING && known(command);
        var member = command.order.member();
        boolean place = !full(command.order.terms().traffic());
        return device.open(member, desk.now()) && ready && place && turn(member);
    }

    private boolean turn(String member) {
        var others = flying.values().stream()
                .filter(command -> command.order.member().equals(member));
        return switch (rules.order()) {
            case BURST -> true;
            case AFTER_ACK -> others.allMatch(command -> command.acknowledged);
            case AFTER_RESPONSE -> others.findAny().isEmpty();
        };
    }

    void send(Command command) {
        waiting.remove(command);
        fly(command);
        if (command.again) {
            if (repeatable(command)) {
                leave(command);
            } else {
                command.again = false;
                command.step = Command.Step.SENT;
            }
            return;
        }
        command.sent = desk.now();
        command.deadline = command.queued() || command.deadline == null
                ? desk.now().plus(command.order.timeout())
                : command.deadline;
        timers.set(command, command.deadline);
        if (command.order.durable() || rules.written()) {
            command.step = Command.Step.NOTING;
            desk.keep(command);
        } else {
            leave(command);
        }
    }

    void leave(Command command) {
        command.step = Command.Step.SENT;
        command.acknowledged = false;
        var end = command.deadline == null ? desk.now() : command.deadline;
        var left = Duration.between(desk.now(), command.again ? end.minusSeconds(1) : end);
        if (left.isPositive()) {
            command.attempt++;
            desk.decide(new QueueDecision.Send(command.id, command.order, left, command.attempt));
        }
    }

    /** It surely did not reach the device. */
    void back(Command command, String why, Duration wait) {
        remove(command);
        command.step = Command.Step.WAITING;
        if (!command.again) {
            command.sent = null;
            command.deadline = command.queued() ? null : command.deadline;
            timers.set(command, command.until);
        }
        waiting.add(command);
        device.hold(command.order.member(), desk.now(), wait);
        desk.tell(command, CommandOutcome.queued(why));
        desk.note(command);
    }

    /** Whether the device would know it again, or its caller does not mind. */
    boolean repeatable(Command command) {
        if (command.order.oneWay() || command.sent == null || command.deadline == null) {
            return false;
        }
        var end = command.deadline;
        if (!command.order.repeatable()) {
            var known = command.sent.plus(rules.memory());
            end = known.isBefore(end) ? known : end;
        }
        boolean time = desk.now().plus(QueueRules.MARGIN).isBefore(end);
        return time && (rules.repeatable() || command.order.repeatable());
    }
}
