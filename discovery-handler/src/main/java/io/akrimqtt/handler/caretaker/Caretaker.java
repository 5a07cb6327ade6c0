package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what is reported with what exists, and decides what to release, to send again and to repair. Pure but for its memory:
 * no clock, no I/O. Confined to one thread.
 */
public final class Caretaker {

    private static final Duration NEXT = Duration.ofMinutes(1);

    private final CaretakerRules rules;

    public Caretaker(CaretakerRules rules) {
        this.rules = rules;
    }

    /**
     * Decides what to do now. Wanted whenever one of both states changed, and at {@link Turn#wakeAt()} at the latest. A write that
     * was returned is not returned again before its outcome came.
     *
     * @param now never earlier than before
     */
    public Turn turn(Instant now, ServedState served, ClusterState cluster) {
        return new Turn(List.of(), !rules.kubernetes(), Map.of(), Map.of(), Set.of(), List.of(), now.plus(NEXT));
    }

    /** Takes what became of a write, in any order. */
    public void outcome(Action.Write write, Action.Outcome outcome, Instant at) {}

    /** How many actions of each kind were returned so far, by the simple name of the action. */
    public Map<String, Long> counts() {
        return Map.of();
    }
}
