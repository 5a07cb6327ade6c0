package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Write;
import java.time.Instant;
import java.util.Optional;

/**
 * Hands writes out: none that is under way, none while this process may not write, no more than the API server and agents are to
 * bear. One annotation on an Instance costs a PATCH of each agent, and a GET and a LIST of the controller.
 */
final class Clerk {

    /** Writes that mend, per second and node. */
    private static final double MENDING = 20;

    /** Writes that can wait, per second and node. */
    private static final double COSMETIC = 5;

    private final Writes writes = new Writes();
    private final Pace releases;
    private final Pace mending = new Pace(MENDING);
    private final Pace cosmetic = new Pace(COSMETIC);
    private final int releasesOfAll;
    private boolean mayWrite;

    Clerk(int releasesOfAll) {
        this.releasesOfAll = releasesOfAll;
        this.releases = new Pace(releasesOfAll);
    }

    void begin(Moment moment) {
        mayWrite = moment.served().writes() && moment.cluster().reachable();
        releases.set(releasesOfAll / (double) Math.max(1, moment.nodes().live().size()));
        writes.sweep(moment.cluster(), moment.now());
    }

    /** Whether anything may be written in this turn. */
    boolean mayWrite() {
        return mayWrite;
    }

    /** Hands a write out if it may be made now. */
    boolean offer(Write write, Instant now, Agenda agenda) {
        if (!mayWrite || !writes.free(write, now, agenda)) {
            return false;
        }
        var pace = pace(write);
        if (!pace.take(now)) {
            agenda.wake(pace.next(now));
            return false;
        }
        writes.issued(write, now);
        agenda.act(write);
        return true;
    }

    private Pace pace(Write write) {
        return switch (write) {
            case Action.Release _ -> releases;
            case Action.TouchInstance _, Action.LabelDevice _ -> cosmetic;
            case Action.TakeReleaseOff _,
                    Action.TouchConfiguration _,
                    Action.HandSlotOver _,
                    Action.DeleteInstance _,
                    Action.TakeFinalizersOff _,
                    Action.TakeNodesOff _,
                    Action.Correct _,
                    Action.ProbeGuard _ -> mending;
        };
    }

    boolean outcome(Write write, Action.Outcome outcome, Instant at) {
        return writes.outcome(write, outcome, at);
    }

    Optional<Action.Outcome> failure(Write write) {
        return writes.failure(write);
    }
}
