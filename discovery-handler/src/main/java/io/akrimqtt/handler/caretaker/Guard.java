package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.ProbeGuard;
import io.akrimqtt.handler.cluster.InstanceState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of the guard: tried at start and every few minutes on an Instance of this node, as a dry run. */
final class Guard {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(10);

    /** What is known. */
    enum Standing {
        /** Not tried yet, or it could not be: it may be there. */
        UNKNOWN,
        IN_FORCE,
        /** An agent may delete what it likes. */
        ABSENT
    }

    private final Duration every;
    private Standing standing = Standing.UNKNOWN;
    private Instant next = Instant.MIN;
    private @Nullable ProbeGuard open;
    private Instant lost = Instant.MIN;

    Guard(Duration every) {
        this.every = every;
    }

    Standing standing() {
        return standing;
    }

    /** Whether a refused deletion is possible. */
    boolean mayBeThere() {
        return standing != Standing.ABSENT;
    }

    boolean inForce() {
        return standing == Standing.IN_FORCE;
    }

    void turn(Moment moment, boolean mayWrite, Agenda agenda) {
        if (open != null && !moment.now().isBefore(lost)) {
            open = null;
        }
        if (!mayWrite || open != null) {
            return;
        }
        if (moment.now().isBefore(next)) {
            agenda.wake(next);
            return;
        }
        for (var instance : moment.cluster().instances()) {
            if (fit(instance, moment)) {
                open = new ProbeGuard(
                        instance.ref(), moment.self(), "tries whether the guard refuses to take a node off");
                lost = moment.now().plus(Writes.LOST);
                agenda.act(open);
                return;
            }
        }
    }

    private static boolean fit(InstanceState instance, Moment moment) {
        return instance.marked()
                && !instance.terminating()
                && instance.names(moment.self())
                && !instance.releasedOn(moment.self());
    }

    /** Takes the outcome of a probe; true where what is known changed. */
    boolean outcome(ProbeGuard probe, Outcome outcome, Instant at) {
        if (!probe.equals(open)) {
            return false;
        }
        open = null;
        var before = standing;
        switch (outcome) {
            case REFUSED -> learned(Standing.IN_FORCE, at.plus(every));
            case DONE -> learned(Standing.ABSENT, at.plus(every));
            case CONFLICT -> next = at.plus(SOON);
            case UNREACHABLE -> learned(Standing.UNKNOWN, at.plus(LATER));
            case FORBIDDEN -> learned(Standing.UNKNOWN, at.plus(every));
        }
        return before != standing;
    }

    private void learned(Standing value, Instant again) {
        standing = value;
        next = again;
    }
}
