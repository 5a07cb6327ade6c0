package io.akrimqtt.presence.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one server says of the one device of {@link NaiveModel}, kept as plain facts and looked at second by second. There are no
 * timers: each rule asks whether its time has come.
 */
final class NaiveWord {

    static final int NEVER = Integer.MIN_VALUE / 2;

    private final NaiveModel.Rules rules;

    /** Null for a device that this server never named. */
    private @Nullable Presence state;

    /** A word of the device itself supports it, not only its messages. */
    private boolean supported;

    /** That word lies retained. */
    private boolean kept;

    private int heard;

    /** A live birth; it is what can refute an offline word on MQTT 3.1.1. */
    private int born = NEVER;

    /** A goodbye that nothing overruled: when the first and the last of them came. It waits, or it has counted already. */
    private boolean goodbye;

    private boolean waits;
    private boolean taken;
    private Published how = Published.RETAINED;
    private int firstGoodbye;
    private int lastGoodbye;
    private int grace;

    /** A word that may lie retained and is known to be wrong. */
    private @Nullable Said stale;

    private int doubtAt = NEVER;
    private boolean doubted;

    private boolean up;
    private boolean everRead;
    private int downAt = NEVER;
    private boolean lost;

    /** So many audits in a row did not find what should lie retained. */
    private int missed;

    NaiveWord(NaiveModel.Rules rules) {
        this.rules = rules;
    }

    /** What counts of it; null for nothing. A server that is away for long knows nothing. */
    @Nullable
    Presence counts() {
        if (state == null || !everRead) {
            return null;
        }
        return lost ? Presence.UNKNOWN : state;
    }

    void live(Said said, Published published, boolean listed, int now) {
        missed = said == Said.ACTIVITY || said == Said.EXISTS ? missed : 0;
        switch (said) {
            case ONLINE -> {
                states(Presence.ONLINE, published, now);
                born = now;
            }
            case SLEEPING -> states(Presence.SLEEPING, published, now);
            case OFFLINE -> offline(published, listed, rules.grace(), now);
            case GONE -> gone(rules.grace(), now);
            case ACTIVITY -> active(now);
            case EXISTS -> exists(now);
        }
    }

    private void exists(int now) {
        if (state == null) {
            state = Presence.UNKNOWN;
            heard = now;
        }
    }

    private void states(Presence word, Published published, int now) {
        exists(now);
        state = word;
        supported = true;
        kept = published == Published.RETAINED || (published == Published.NOT_KNOWN && kept);
        stale = null;
        goodbye = false;
        lives(now);
    }

    private void lives(int now) {
        heard = now;
        doubtAt = NEVER;
        doubted = false;
        stale = stale == Said.ONLINE ? null : stale;
    }

    private void offline(Published published, boolean listed, int wait, int now) {
        exists(now);
        if (state == Presence.SLEEPING) {
            return;
        }
        says(false, published, wait, now);
        boolean worthWaiting = state == Presence.ONLINE || (state == Presence.UNKNOWN && listed);
        if (!worthWaiting) {
            goes(published == Published.NOT_RETAINED);
        }
    }

    private void gone(int wait, int now) {
        if (state != null) {
            says(true, Published.RETAINED, wait, now);
        }
    }

    private void says(boolean takenBack, Published published, int wait, int now) {
        boolean first = !goodbye || !waits;
        firstGoodbye = first ? now : firstGoodbye;
        grace = first ? wait : grace;
        goodbye = true;
        waits = true;
        taken = takenBack;
        how = takenBack ? how : published;
        lastGoodbye = now;
        stale = takenBack ? stale : null;
    }

    /** The goodbye counts. */
    private void goes(boolean retainedIsWrong) {
        waits = false;
        taken = false;
        state = Presence.OFFLINE;
        supported = false;
        kept = false;
        doubtAt = NEVER;
        doubted = false;
        stale = retainedIsWrong ? Said.ONLINE : null;
    }

    private void active(int now) {
        exists(now);
        if (goodbye && now < lastGoodbye + rules.settle()) {
            return;
        }
        lives(now);
        if (goodbye || state == Presence.SLEEPING) {
            boolean liesRetained = goodbye && how != Published.NOT_RETAINED && !(taken && waits);
            boolean wokeUp = !goodbye;
            stale = liesRetained ? Said.OFFLINE : wokeUp ? Said.SLEEPING : stale;
            goodbye = false;
            supported = false;
        }
        state = Presence.ONLINE;
    }

    void down(int now) {
        downAt = up ? now : downAt;
        up = false;
    }

    /** Our process is killed and starts again: as if the connection, if ever there was one, had ended just now. */
    void killed(int now) {
        up = false;
        lost = false;
        downAt = now;
    }

    /** We are connected again; what waited has come, and what is retained was read. */
    void up(Session session, List<Said> queue, @Nullable Said retained, boolean listed, int now) {
        boolean wasAway = lost;
        lost = false;
        up = true;
        everRead = true;
        var words = new ArrayList<Said>();
        for (var said : queue) {
            if (said != Said.GONE) {
                exists(now);
            }
            if (state != null && said != Said.ACTIVITY) {
                words.add(said);
            }
        }
        if (retained != null) {
            exists(now);
            missed = 0;
        }
        if (state == null) {
            return;
        }
        heard = Math.max(heard, now);
        if (wentToSleep(words) && retained != Said.ONLINE) {
            forgive(session, Said.OFFLINE, retained);
            state = Presence.SLEEPING;
            supported = true;
            goodbye = false;
            stale = retained == Said.OFFLINE ? retained : stale;
            return;
        }
        state = state == Presence.SLEEPING && words.contains(Said.ONLINE) ? Presence.UNKNOWN : state;
        catchUp(session, words.isEmpty() ? null : words.getLast(), retained, wasAway, listed, now);
    }

    /** The will of a sleeper comes right behind its word that it sleeps. */
    private static boolean wentToSleep(List<Said> words) {
        int last = words.size() - 1;
        while (last > 0 && words.get(last) == Said.OFFLINE && words.get(last - 1) == Said.OFFLINE) {
            last--;
        }
        return last > 0 && words.get(last) == Said.OFFLINE && words.get(last - 1) == Said.SLEEPING;
    }

    /** What was said anew, or may have been, is not out of date any more. */
    private void forgive(Session session, @Nullable Said last, @Nullable Said retained) {
        boolean unseen = session != Session.RESUMED;
        if (unseen || last == Said.ONLINE || (last == Said.OFFLINE && stale == Said.OFFLINE)) {
            stale = null;
        }
        boolean overruled = last == Said.ONLINE || (unseen && retained == Said.ONLINE);
        if (goodbye && waits && !taken && overruled) {
            goodbye = false;
        }
    }

    private void catchUp(
            Session session, @Nullable Said last, @Nullable Said retained, boolean wasAway, boolean listed, int now) {
        int wait = session == Session.LOST ? Math.max(rules.grace(), rules.serverGrace()) : rules.grace();
        forgive(session, last, retained);
        if (retained != null && retained != stale) {
            shown(retained, listed, wait, now);
        } else if (retained == null && last == Said.OFFLINE) {
            offline(Published.NOT_KNOWN, listed, wait, now);
        } else if (retained == null && last == Said.GONE) {
            gone(wait, now);
        } else if (last == Said.SLEEPING && state == Presence.ONLINE) {
            state = Presence.SLEEPING;
        } else {
            unconfirmed(retained, wasAway);
        }
        if (goodbye && waits) {
            firstGoodbye = now;
            grace = wait;
        }
        if (session == Session.LOST && supported && state == Presence.ONLINE) {
            doubtAt = now + rules.probation();
        }
    }

    /** What is retained was read in the middle of a connection: a word as at a reconnect; none must be missing twice. */
    void audit(@Nullable Said retained, boolean listed, int now) {
        boolean there = state == Presence.ONLINE || state == Presence.SLEEPING;
        if (retained != null) {
            exists(now);
            missed = 0;
            boolean known = retained == Said.OFFLINE && (state == Presence.OFFLINE || (goodbye && waits));
            if (retained != stale && !known) {
                shown(retained, listed, rules.grace(), now);
            }
        } else if (kept && there && ++missed == 2) {
            missed = 0;
            state = Presence.UNKNOWN;
            supported = false;
            kept = false;
            heard = now;
        }
    }

    private void shown(Said retained, boolean listed, int wait, int now) {
        if (retained == Said.OFFLINE) {
            offline(Published.RETAINED, listed, wait, now);
            return;
        }
        boolean standsAgainst = goodbye && waits && !refutes(retained);
        if (retained == Said.ONLINE && standsAgainst) {
            return;
        }
        goodbye = false;
        supported = true;
        kept = true;
        if (retained == Said.SLEEPING) {
            state = Presence.SLEEPING;
        } else if (!doubted) {
            state = Presence.ONLINE;
        }
    }

    private void unconfirmed(@Nullable Said retained, boolean wasAway) {
        boolean there = state == Presence.ONLINE || state == Presence.SLEEPING;
        if (there && kept && retained == null) {
            state = Presence.UNKNOWN;
            supported = false;
            kept = false;
        } else if (wasAway && state == Presence.ONLINE) {
            state = Presence.UNKNOWN;
        }
    }

    /** Whether what is retained says that somebody announced the device after its goodbye. */
    private boolean refutes(@Nullable Said retained) {
        if (retained != Said.ONLINE && retained != Said.SLEEPING) {
            return false;
        }
        return taken
                || switch (how) {
                    case RETAINED -> true;
                    case NOT_RETAINED -> false;
                    case NOT_KNOWN -> lastGoodbye <= born + NaiveModel.BIRTH_NEARBY;
                };
    }

    /** A server that is away for long enough is lost. */
    void lose(int now) {
        lost = lost || (!up && everRead && now >= downAt + rules.serverGrace());
    }

    /** Does whatever is due; while the server is away nothing is. */
    void second(@Nullable Said retained, int now) {
        if (!up || state == null) {
            return;
        }
        if (goodbye && waits) {
            if (now < firstGoodbye + grace) {
                return;
            }
            verdict(retained);
        }
        if (silent(now)) {
            Said stood = state == Presence.SLEEPING ? Said.SLEEPING : Said.ONLINE;
            stale = supported ? stood : stale;
            state = Presence.OFFLINE;
            supported = false;
            doubtAt = NEVER;
        } else if (state == Presence.ONLINE && doubtAt != NEVER && now >= doubtAt) {
            state = Presence.UNKNOWN;
            doubted = true;
            doubtAt = NEVER;
        }
    }

    private void verdict(@Nullable Said retained) {
        boolean read = taken || how != Published.NOT_RETAINED;
        if (read && refutes(retained)) {
            goodbye = false;
            supported = true;
            kept = true;
            state = retained == Said.SLEEPING ? Presence.SLEEPING : Presence.ONLINE;
        } else if (taken && retained == null) {
            forget();
        } else {
            goes(!read || retained == Said.ONLINE);
        }
    }

    private void forget() {
        state = null;
        supported = false;
        kept = false;
        goodbye = false;
        born = NEVER;
        stale = null;
        doubtAt = NEVER;
        doubted = false;
        how = Published.NOT_KNOWN;
    }

    private boolean silent(int now) {
        boolean counts = !supported || rules.silenceWritten();
        return switch (state) {
            case ONLINE -> rules.silence() > 0 && counts && now >= heard + rules.silence();
            case UNKNOWN ->
                supported
                        ? rules.silence() > 0 && counts && now >= heard + rules.silence()
                        : now >= heard + (rules.silence() > 0 ? rules.silence() : rules.probation());
            case SLEEPING -> rules.sleepTimeout() > 0 && now >= heard + rules.sleepTimeout();
            case OFFLINE -> false;
            case null -> false;
        };
    }
}
