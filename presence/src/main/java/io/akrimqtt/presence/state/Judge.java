package io.akrimqtt.presence.state;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one message or one timer does to one view, while we are connected. Holds no state of its own.
 *
 * <p>Farewells are {@link Farewells}'s; what follows from a reconnect is {@link CatchUp}'s.
 */
final class Judge {

    private static final long SECOND = 1_000_000_000L;

    /** Bounds of the automatic silence timeout, and what it is before a device has shown a gap. */
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration NO_GAP_YET = Duration.ofMinutes(10);

    /** Gaps are looked at in runs of so many: a gap is forgotten after eight to sixteen further ones. */
    private static final int GAPS = 8;

    private final PresenceRules rules;
    private final Farewells farewells;

    Judge(PresenceRules rules, Farewells farewells) {
        this.rules = rules;
        this.farewells = farewells;
    }

    /** A message that came live. */
    void live(View view, PresenceEvent.Sighted sighted, String topic, long at) {
        switch (sighted.said()) {
            case ONLINE -> born(view, topic, sighted.published(), at);
            case SLEEPING -> asleep(view, topic, sighted.published(), at);
            case OFFLINE -> {
                view.stated();
                farewells.offline(view, topic, sighted.published(), at, at, rules.offlineGrace(), Reason.SAID_OFFLINE);
            }
            case GONE -> {
                view.stated();
                farewells.gone(view, topic, at, at);
            }
            case ACTIVITY -> active(view, topic, at);
            case EXISTS -> {}
        }
    }

    private void born(View view, String topic, Published published, long at) {
        stated(view, published, at);
        view.bornAt = at;
        view.bornTopic = topic;
        view.believe(Presence.ONLINE, Reason.SAID_ONLINE, topic, at);
    }

    private void asleep(View view, String topic, Published published, long at) {
        stated(view, published, at);
        view.believe(Presence.SLEEPING, Reason.SAID_SLEEPING, topic, at);
    }

    private static void stated(View view, Published published, long at) {
        view.stated();
        view.endFarewell();
        view.stated = true;
        view.kept = switch (published) {
            case RETAINED -> true;
            case NOT_RETAINED -> false;
            case NOT_KNOWN -> view.kept;
        };
        view.disbelieved = null;
        alive(view, at);
    }

    private static void alive(View view, long at) {
        noteGap(view, at);
        view.aliveRound = view.link.round;
        view.heard = at;
        view.doubtDue = Times.NEVER;
        view.doubted = false;
        if (view.disbelieved == Said.ONLINE) {
            view.disbelieved = null;
        }
    }

    /**
     * The device published something. Soon after an offline statement that proves nothing, since the statement may have
     * overtaken it; later it overrules the statement.
     */
    void active(View view, @Nullable String topic, long at) {
        boolean farewell = view.offlineAt != Times.NOT_YET;
        if (farewell && at < Times.plus(view.offlineAt, rules.settle())) {
            return;
        }
        alive(view, at);
        if (view.queued == Said.OFFLINE && at >= Times.plus(view.link.drainedAt, rules.settle())) {
            view.forgetQueue();
        }
        if (farewell || view.presence == Presence.SLEEPING) {
            boolean kept = view.offlinePublished != Published.NOT_RETAINED;
            if (farewell && kept && !view.going()) {
                view.disbelieved = Said.OFFLINE;
            } else if (!farewell) {
                view.disbelieved = Said.SLEEPING; // where it is retained still, it is out of date since it woke
            }
            view.endFarewell();
            view.stated = false;
            view.believe(Presence.ONLINE, Reason.HEARD, topic, at);
        } else if (view.presence != Presence.ONLINE) {
            view.believe(Presence.ONLINE, Reason.HEARD, topic, at);
        }
    }

    /** A statement that the server had retained; what came live is fresher. */
    void retained(View view, Said said, String topic, long at, Duration grace) {
        if (view.disbelieved == said) {
            return;
        }
        switch (said) {
            case ONLINE -> retainedOnline(view, topic, at);
            case SLEEPING -> {
                view.endFarewell();
                keep(view);
                view.believe(Presence.SLEEPING, Reason.SHOWN_SLEEPING, topic, at);
            }
            case OFFLINE -> farewells.offline(view, topic, Published.RETAINED, at, at, grace, Reason.SHOWN_OFFLINE);
            case ACTIVITY, EXISTS, GONE -> {}
        }
    }

    private void retainedOnline(View view, String topic, long at) {
        if (view.phase != View.Phase.NONE && !farewells.refuted(view, topic, Said.ONLINE)) {
            return;
        }
        view.endFarewell();
        keep(view);
        boolean statusOnly = view.presence == Presence.ONLINE && view.reason.kind() == Evidence.Kind.STATUS;
        if (!view.doubted && !statusOnly) {
            view.believe(Presence.ONLINE, Reason.SHOWN_ONLINE, topic, at);
        }
    }

    private static void keep(View view) {
        view.stated = true;
        view.kept = true;
    }

    /** Only within one connection: a gap in which we were away is none of the device's. */
    private static void noteGap(View view, long at) {
        if (!view.alive() || at <= view.heard) {
            return;
        }
        view.gap = (int) Math.max(view.gap, Math.min(Integer.MAX_VALUE, Math.ceilDiv(at - view.heard, SECOND)));
        if (++view.gaps == GAPS) {
            view.gapBefore = view.gap;
            view.gap = 0;
            view.gaps = 0;
        }
    }

    /** A retained message without a statement, where that is a sign of life; not of a device that was found offline. */
    static void shownAlive(View view, String topic, long at) {
        if (view.presence == Presence.UNKNOWN && view.reason == Reason.NAMED) {
            view.heard = at;
            view.caughtRound = view.link.round;
            view.believe(Presence.ONLINE, Reason.SHOWN_ALIVE, topic, at);
        }
    }

    /** When this view wants to be looked at again, or never. */
    long due(View view) {
        if (view.unheard) {
            return Times.NEVER;
        }
        if (view.phase != View.Phase.NONE) {
            return view.phaseDue;
        }
        return switch (view.presence) {
            case ONLINE -> Math.min(view.doubtDue, silenceDue(view, timeout(view)));
            case UNKNOWN -> silenceDue(view, view.stated ? timeout(view) : probation(view));
            case SLEEPING -> rules.sleepTimeout().isZero() ? Times.NEVER : Times.plus(view.heard, rules.sleepTimeout());
            case OFFLINE -> Times.NEVER;
        };
    }

    /** A statement stands without a word; activity does not, and where a timeout was asked for it holds for both. */
    private long silenceDue(View view, Duration timeout) {
        boolean counts = !timeout.isZero() && (!view.stated || rules.silence().written());
        return counts ? Times.plus(view.heard, timeout) : Times.NEVER;
    }

    /** How long a device that merely exists stays unknown. */
    private Duration probation(View view) {
        var timeout = timeout(view);
        return timeout.isZero() ? rules.probation() : timeout;
    }

    private Duration timeout(View view) {
        int longest = Math.max(view.gap, view.gapBefore);
        if (!rules.silence().automatic()) {
            return rules.silence().timeout();
        }
        if (longest == 0) {
            return NO_GAP_YET;
        }
        return Duration.ofSeconds(Math.clamp(3L * longest, SHORTEST.toSeconds(), LONGEST.toSeconds()));
    }

    /** The view's timer is due. */
    void fire(View view, long now) {
        if (view.phase != View.Phase.NONE) {
            farewells.fire(view, now);
        } else if (view.presence == Presence.ONLINE && silenceDue(view, timeout(view)) > now) {
            view.doubted = true;
            view.doubtDue = Times.NEVER;
            view.believe(Presence.UNKNOWN, Reason.DOUBTED, null, now);
        } else {
            silent(view, now);
        }
    }

    private static void silent(View view, long now) {
        if (view.stated) {
            view.disbelieved = view.presence == Presence.SLEEPING ? Said.SLEEPING : Said.ONLINE;
        }
        view.stated = false;
        view.doubtDue = Times.NEVER;
        view.believe(Presence.OFFLINE, Reason.SILENT, null, now);
    }
}
