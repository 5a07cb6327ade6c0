package io.akrimqtt.presence.state;

import org.jspecify.annotations.Nullable;

/** What reading the retained messages again in the middle of a connection comes to. Holds no state of its own. */
final class Audit {

    /** In so many complete audits in a row a retained statement must be missing to be gone: one may be short. */
    private static final int MISSED = 2;

    private final PresenceRules rules;
    private final Judge judge;

    Audit(PresenceRules rules, Judge judge) {
        this.rules = rules;
        this.judge = judge;
    }

    static void begin(Link link) {
        link.auditing = true;
        link.audits++;
    }

    /** Forgets what an audit found that did not come to its end. */
    static void drop(View view) {
        view.caught = null;
        view.caughtTopic = null;
    }

    /** Decides what the audit comes to for a view. What came live meanwhile is fresher. */
    void conclude(View view, boolean complete, long now) {
        @Nullable Said caught = view.caught;
        var topic = view.caughtTopic == null ? "" : view.caughtTopic;
        drop(view);
        if (view.statedAudit == view.link.audits) {
            view.missed = 0;
        } else if (caught == Said.OFFLINE && known(view)) {
            view.missed = 0;
        } else if (caught != null) {
            view.missed = 0;
            judge.retained(view, caught, topic, view.caughtAt, rules.offlineGrace());
        } else if (complete && view.kept && view.there() && ++view.missed >= MISSED) {
            view.missed = 0;
            view.stated = false;
            view.kept = false;
            view.heard = Math.max(view.heard, now);
            view.believe(Presence.UNKNOWN, Reason.VANISHED, null, now);
        }
    }

    /** Its farewell is under way, or it is offline already. */
    private static boolean known(View view) {
        return view.phase != View.Phase.NONE || view.presence == Presence.OFFLINE;
    }
}
