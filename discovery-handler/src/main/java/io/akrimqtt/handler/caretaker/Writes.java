package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which writes are under way. One at a time for each object; the next one only once what came of the last can be seen, since an
 * informer lags. What was refused is tried again more and more seldom. Bounded by the objects that exist.
 */
final class Writes {

    /** An outcome that does not come by then never comes. */
    static final Duration LOST = Duration.ofMinutes(1);

    /** For how long a newer reading is waited for. */
    static final Duration UNSEEN = Duration.ofSeconds(30);

    static final Duration UNREACHABLE_FIRST = Duration.ofSeconds(1);
    static final Duration REFUSED_FIRST = Duration.ofSeconds(10);
    static final Duration UNREACHABLE_MOST = Duration.ofMinutes(1);
    static final Duration REFUSED_MOST = Duration.ofMinutes(10);

    private final Map<String, Under> under = new HashMap<>();
    private final Map<String, Failed> failed = new HashMap<>();

    /** A write that is under way, or done and not seen yet. */
    private record Under(Write write, Instant until, boolean open) {}

    /** A kind of write that did not go through on an object. */
    private record Failed(Outcome outcome, Backoff again) {}

    /** Whether a write may be made now; wakes when it may later. */
    boolean free(Write write, Instant now, Agenda agenda) {
        @Nullable Under last = under.get(write.object().uid());
        if (last != null && blocks(last, write.object(), now)) {
            agenda.wake(last.until());
            return false;
        }
        @Nullable Failed before = failed.get(key(write));
        if (before != null && !before.again().isDue(now)) {
            agenda.wake(before.again().due());
            return false;
        }
        return true;
    }

    private static boolean blocks(Under last, ObjectRef now, Instant at) {
        boolean seen = !last.open() && !last.write().object().resourceVersion().equals(now.resourceVersion());
        return !seen && at.isBefore(last.until());
    }

    /** Notes that a write was handed out. */
    void issued(Write write, Instant now) {
        under.put(write.object().uid(), new Under(write, now.plus(LOST), true));
    }

    /** Takes an outcome; false where nobody waits for it any more. */
    boolean outcome(Write write, Outcome outcome, Instant at) {
        @Nullable Under last = under.get(write.object().uid());
        if (last == null || !last.open() || !last.write().equals(write)) {
            return false;
        }
        switch (outcome) {
            case DONE -> {
                failed.remove(key(write));
                under.put(write.object().uid(), new Under(write, at.plus(UNSEEN), false));
            }
            case CONFLICT -> under.put(write.object().uid(), new Under(write, at.plus(UNSEEN), false));
            case UNREACHABLE -> failed(write, outcome, at, UNREACHABLE_FIRST, UNREACHABLE_MOST);
            case REFUSED, FORBIDDEN -> failed(write, outcome, at, REFUSED_FIRST, REFUSED_MOST);
        }
        return true;
    }

    private void failed(Write write, Outcome outcome, Instant at, Duration first, Duration most) {
        under.remove(write.object().uid());
        @Nullable Failed before = failed.get(key(write));
        var again = before == null || before.outcome() != outcome ? Backoff.first(at, first) : before.again();
        failed.put(key(write), new Failed(outcome, again.tried(at, most)));
    }

    /** What came of the latest try of a write like this, if it did not go through. */
    Optional<Outcome> failure(Write write) {
        return Optional.ofNullable(failed.get(key(write))).map(Failed::outcome);
    }

    private static String key(Write write) {
        return write.getClass().getSimpleName() + '/' + write.object().uid();
    }

    /** Forgets what is no more. */
    void sweep(ClusterState cluster, Instant now) {
        if (!cluster.reachable() || (under.isEmpty() && failed.isEmpty())) {
            return;
        }
        var alive = new HashSet<String>();
        cluster.instances().forEach(each -> alive.add(each.ref().uid()));
        cluster.configurations().forEach(each -> alive.add(each.ref().uid()));
        under.values()
                .removeIf(each -> !now.isBefore(each.until())
                        || (!each.open()
                                && !alive.contains(each.write().object().uid())));
        failed.keySet().removeIf(key -> !alive.contains(key.substring(key.indexOf('/') + 1)));
    }
}
