package io.akrimqtt.presence.state;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the session's queue and the retained messages come to, once both are read: the retained word beats the queue's, what
 * came live beats both, and a device of which neither says anything is held. Holds no state of its own.
 */
final class CatchUp {

    private final PresenceRules rules;
    private final Judge judge;
    private final Farewells farewells;

    CatchUp(PresenceRules rules, Judge judge, Farewells farewells) {
        this.rules = rules;
        this.judge = judge;
        this.farewells = farewells;
    }

    /** Notes what the queue said; the last word counts. */
    static void queued(View view, Said said, String topic) {
        if (!said.statement() && said != Said.GONE) {
            return;
        }
        view.queuedAwake |= said == Said.ONLINE;
        view.queuedSleeper = said == Said.OFFLINE && (view.queuedSleeper || view.queued == Said.SLEEPING);
        view.queued = said;
        view.queuedTopic = topic;
    }

    /** Notes what is retained; between two topics the better word counts, whichever came first. */
    static void caught(View view, Said said, String topic, long at) {
        boolean better = view.caught == null || topic.equals(view.caughtTopic) || said == Said.ONLINE;
        if (said.statement() && (better || view.caught == Said.OFFLINE)) {
            view.caught = said;
            view.caughtTopic = topic;
            view.caughtAt = at;
            view.caughtRound = view.link.round;
        }
    }

    /** Decides what the view comes to; from here on its timers run again. */
    void conclude(View view, long now) {
        var link = view.link;
        if (!view.alive()) {
            view.heard = Math.max(view.heard, link.upAt);
        }
        if (!view.statedLive()) {
            forgive(view);
            weigh(view, now);
        }
        farewells.restart(view, Times.plus(now, grace(link)));
        boolean stale = link.begunAnew() && view.stated && !view.alive();
        if (stale && view.presence == Presence.ONLINE) {
            view.doubtDue = Times.plus(link.upAt, rules.probation());
        }
        view.forgetQueue();
        view.caught = null;
        view.caughtTopic = null;
    }

    /** A device that announced itself in the meantime, or may have done so unseen, has overruled what it said before. */
    private static void forgive(View view) {
        boolean unseen = view.link.session != Session.RESUMED && !view.alive();
        boolean leaving = view.phase == View.Phase.LEAVING || view.phase == View.Phase.LEAVING_CHECK;
        boolean anew = view.queued == Said.OFFLINE && view.disbelieved == Said.OFFLINE;
        if (unseen || anew || view.queued == Said.ONLINE) {
            view.disbelieved = null;
        }
        if (leaving && (view.queued == Said.ONLINE || (unseen && view.caught == Said.ONLINE))) {
            view.endFarewell();
        }
    }

    private void weigh(View view, long now) {
        var link = view.link;
        @Nullable String known = view.caught == null ? view.queuedTopic : view.caughtTopic;
        var topic = known == null ? "" : known;
        if (view.queuedSleeper && view.caught != Said.ONLINE) {
            // It dropped its connection to sleep, and its will said so, there and in what is retained.
            view.believe(Presence.SLEEPING, Reason.QUEUED_SLEEPING, topic, now);
            view.stated = true;
            view.disbelieved = view.caught == Said.OFFLINE ? Said.OFFLINE : view.disbelieved;
            view.endFarewell();
            return;
        }
        if (view.queuedAwake && view.presence == Presence.SLEEPING) {
            view.believe(Presence.UNKNOWN, Reason.NAMED, topic, now); // it woke: an offline word counts again
        }
        long offlineAt = view.caught != null ? view.caughtAt : link.drainedAt;
        if (view.caught != null && view.caught != view.disbelieved) {
            judge.retained(view, view.caught, topic, offlineAt, grace(link));
        } else if (view.caught == null && view.queued == Said.OFFLINE) {
            farewells.offline(view, topic, Published.NOT_KNOWN, offlineAt, now, grace(link), Reason.QUEUED_OFFLINE);
        } else if (view.caught == null && view.queued == Said.GONE) {
            farewells.gone(view, topic, offlineAt, now);
        } else if (view.queued == Said.SLEEPING && view.presence == Presence.ONLINE) {
            view.believe(Presence.SLEEPING, Reason.QUEUED_SLEEPING, topic, now);
        } else if (!view.alive()) {
            unconfirmed(view);
        }
        if (view.alive() && view.offlineAt == offlineAt) {
            judge.active(view, null, view.heard);
        }
    }

    /** Nothing speaks for the device any more, nothing against it: not online, but not dropped merely for that. */
    private static void unconfirmed(View view) {
        boolean shown = view.reason == Reason.SHOWN_ALIVE && view.caughtRound == view.link.round;
        if (!view.there() || shown) {
            return;
        }
        if (view.kept && view.caught == null && view.link.complete) {
            view.stated = false;
            view.kept = false;
            view.believe(Presence.UNKNOWN, Reason.VANISHED, null, view.link.upAt);
        } else if (view.link.lost && view.presence == Presence.ONLINE) {
            view.believe(Presence.UNKNOWN, Reason.SERVER_BACK, null, view.link.upAt);
        }
    }

    /** After a restart of the server its devices need time to connect again, too. */
    private Duration grace(Link link) {
        boolean restarted = link.begunAnew() && rules.serverGrace().compareTo(rules.offlineGrace()) > 0;
        return restarted ? rules.serverGrace() : rules.offlineGrace();
    }
}
