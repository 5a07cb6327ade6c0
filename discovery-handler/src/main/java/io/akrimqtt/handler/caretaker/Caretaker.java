package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.placement.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is reported with what exists, and decides what to release, to send again and to repair. Pure but for its memory:
 * no clock, no I/O. Confined to one thread.
 */
public final class Caretaker {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final String BLIND =
            "no Kubernetes API: every device is reported, nothing is repaired, and nothing is released";

    private final CaretakerRules rules;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> notices = new ArrayList<>();
    private @Nullable Duties duties;
    private boolean saidBlind;

    public Caretaker(CaretakerRules rules) {
        this.rules = rules;
    }

    /**
     * Decides what to do now. Wanted whenever one of both states changed, and at {@link Turn#wakeAt()} at the latest. A write that
     * was returned is not returned again before its outcome came, or a minute went by without one.
     *
     * @param now never earlier than before
     * @param served of the same node each time
     */
    public Turn turn(Instant now, ServedState served, ClusterState cluster) {
        if (!rules.kubernetes()) {
            var once = saidBlind ? List.<String>of() : List.of(BLIND);
            saidBlind = true;
            return new Turn(List.of(), true, Map.of(), Map.of(), Set.of(), once, now.plus(IDLE));
        }
        var agenda = new Agenda(now.plus(IDLE));
        notices.forEach(agenda::notice);
        notices.clear();
        duties(served).turn(now, served, cluster, agenda);
        agenda.actions().forEach(each -> counts.merge(each.getClass().getSimpleName(), 1L, Long::sum));
        return agenda.turn();
    }

    private Duties duties(ServedState served) {
        if (duties == null) {
            duties = new Duties(rules, new Nodes(served.node(), rules.takeover()), served.node());
        }
        return duties;
    }

    /** Takes what became of a write, in any order; one that nobody waits for any more changes nothing. */
    public void outcome(Write write, Outcome outcome, Instant at) {
        if (duties != null) {
            duties.outcome(write, outcome, at).ifPresent(notices::add);
        }
    }

    /**
     * Lets a device of this node go, as {@link io.akrimqtt.handler.placement.Rebalance} proposes: it is released, dropped, and not
     * reported here again before its Instance is gone; then it is reported where it falls to. Given up after ten minutes.
     */
    public void move(String device, Instant at) {
        if (duties != null) {
            duties.move(device, at);
        }
    }

    /** Ends {@link #move}: what was not dropped yet stays, and what was is reported where it falls to. */
    public void stay(String device) {
        if (duties != null) {
            duties.stay(device);
        }
    }

    /** How many actions of each kind were returned so far, by the simple name of the action. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
