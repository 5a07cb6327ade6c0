package io.akrimqtt.monitor.command.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A queue with a store that keeps what it is told at once, unless told otherwise; checks what must hold after each event. */
final class QueueStory {

    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    final QueueRules rules;
    final Map<String, CommandRecord> store = new LinkedHashMap<>();
    final List<QueueDecision.Keep> unkept = new ArrayList<>();
    final List<QueueDecision.Send> sends = new ArrayList<>();
    final Map<String, List<CommandUpdate>> told = new LinkedHashMap<>();
    final List<QueueDecision> decisions = new ArrayList<>();
    boolean slowStore;
    Instant now = START;
    Instant wakeAt = Instant.MAX;
    CommandQueue queue;
    private int ids;

    QueueStory(QueueRules rules) {
        this.rules = rules;
        queue = new CommandQueue(rules);
    }

    /** Connected, and nothing left by earlier processes. */
    static QueueStory ready(QueueRules rules) {
        var story = new QueueStory(rules);
        story.line(true);
        story.loaded();
        return story;
    }

    /** An id that no command had before. */
    String nextId() {
        return "id" + ids++;
    }

    static CommandOrder order(String command) {
        return new CommandOrder(command, Payload.text("7"), Duration.ofSeconds(10), false);
    }

    static CommandOrder queued(String command) {
        return order(command).queued(Queueing.DEFAULT);
    }

    void on(QueueEvent event) {
        decisions.clear();
        var taken = queue.on(event);
        decisions.addAll(taken);
        for (var decision : taken) {
            carryOut(decision);
        }
        for (var decision : taken) {
            if (decision instanceof QueueDecision.Keep keep && keep.ticket() != 0) {
                if (slowStore) {
                    unkept.add(keep);
                } else {
                    kept(keep);
                }
            }
        }
    }

    private void carryOut(QueueDecision decision) {
        switch (decision) {
            case QueueDecision.Tell(var update) -> tell(update);
            case QueueDecision.Keep(var command, var _) -> store.put(command.id(), command);
            case QueueDecision.Forget(var id) -> store.remove(id);
            case QueueDecision.Send send -> {
                assertThat(send.timeout()).isPositive();
                assertThat(ended(send.id()))
                        .as("sent though ended: %s", send.id())
                        .isFalse();
                sends.add(send);
            }
            case QueueDecision.WakeAt(var at) -> wakeAt = at;
            case QueueDecision.Same _, QueueDecision.Leave _, QueueDecision.Late _ -> {}
        }
    }

    private void tell(CommandUpdate update) {
        assertThat(ended(update.id())).as("told though ended: %s", update).isFalse();
        told.computeIfAbsent(update.id(), _ -> new ArrayList<>()).add(update);
    }

    boolean ended(String id) {
        return told.getOrDefault(id, List.of()).stream()
                .anyMatch(update -> update.outcome().last());
    }

    void kept(QueueDecision.Keep keep) {
        on(new QueueEvent.Kept(now, keep.command().id(), keep.ticket()));
    }

    void submit(String id, CommandOrder order) {
        on(new QueueEvent.Submitted(now, id, order));
    }

    void line(boolean connected) {
        on(new QueueEvent.Line(now, connected));
    }

    void loaded() {
        on(new QueueEvent.Loaded(now));
    }

    void asleep() {
        on(new QueueEvent.Reach(now, false, "the device sleeps"));
    }

    void awake() {
        on(new QueueEvent.Reach(now, true, ""));
    }

    void report(String id, CommandEvent event) {
        int attempt = (int) sends.stream().filter(send -> send.id().equals(id)).count();
        on(new QueueEvent.Reported(now, id, attempt, event));
    }

    void published(String id) {
        report(id, new CommandEvent.Published(false));
    }

    void answer(String id, int status) {
        report(id, new CommandEvent.Answered(status, Payload.text("ok"), ""));
    }

    void overhear(String id) {
        on(new QueueEvent.Overheard(now, id, new CommandEvent.Answered(200, Payload.EMPTY, "")));
    }

    void cancel(String id) {
        on(new QueueEvent.Cancelled(now, id, "taken back"));
    }

    /** Lets time pass, with a tick at each moment that was asked for. */
    void pass(Duration time) {
        var end = now.plus(time);
        while (!wakeAt.isAfter(end)) {
            now = wakeAt.isAfter(now) ? wakeAt : now;
            var before = wakeAt;
            on(new QueueEvent.Tick(now));
            assertThat(wakeAt).as("asks for the same moment again").isNotEqualTo(before);
        }
        now = end;
        on(new QueueEvent.Tick(now));
    }

    /** The process dies, and another one finds what was kept. */
    void dies() {
        queue = new CommandQueue(rules);
        unkept.clear();
        sends.clear();
        told.values().removeIf(updates -> !updates.getLast().outcome().last());
        wakeAt = Instant.MAX;
    }

    void found() {
        for (var command : List.copyOf(store.values())) {
            on(new QueueEvent.Restored(now, command));
        }
        loaded();
    }

    List<String> sent() {
        return sends.stream().map(QueueDecision.Send::id).toList();
    }

    List<CommandState> states(String id) {
        return told.getOrDefault(id, List.of()).stream()
                .map(update -> update.outcome().state())
                .toList();
    }

    CommandOutcome last(String id) {
        return told.getOrDefault(id, List.of()).getLast().outcome();
    }
}
