package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which Events are written: the first of each text at once, its repetitions as a count, and only so many for one object. Pure but
 * for its memory, which is bounded: what was not said for longest is forgotten first. Confined to one thread.
 */
final class EventLedger {

    /** How many texts are remembered. */
    static final int MAX_TEXTS = 1024;

    /** How many objects are. */
    static final int MAX_OBJECTS = 512;

    /** How many new texts an object may have at once. */
    static final int BURST = 10;

    /** After that, one more each. */
    static final Duration REFILL = Duration.ofMinutes(1);

    /** A count is written that often at most. */
    static final Duration COUNT = Duration.ofMinutes(5);

    /** Kubernetes forgets Events after an hour; what is said after that is new. */
    static final Duration FORGET = Duration.ofMinutes(55);

    private final Map<Key, Said> said = bounded(MAX_TEXTS);
    private final Map<String, Allowance> allowances = bounded(MAX_OBJECTS);

    /** What makes two the same. */
    record Key(String uid, Tell.Kind kind, String text) {}

    /**
     * An Event to write.
     *
     * @param count how often it was said, this time included; more than 1 updates the one that was written at {@code first}
     */
    record Entry(
            ObjectRef object, Tell.Kind kind, boolean warning, String text, Instant first, Instant last, int count) {}

    private record Said(Instant first, Instant written, int count) {}

    private record Allowance(double left, Instant at) {}

    /** Takes what is to be said; empty where nothing is to be written now. */
    Optional<Entry> say(Tell tell, Instant now) {
        var key = new Key(tell.object().uid(), tell.kind(), tell.text());
        @Nullable Said before = said.get(key);
        if (before == null || !now.isBefore(before.first().plus(FORGET))) {
            if (!allowed(key.uid(), now)) {
                return Optional.empty();
            }
            said.put(key, new Said(now, now, 1));
            return Optional.of(entry(tell, now, now, 1));
        }
        int count = before.count() == Integer.MAX_VALUE ? before.count() : before.count() + 1;
        boolean due = !now.isBefore(before.written().plus(COUNT));
        said.put(key, new Said(before.first(), due ? now : before.written(), count));
        return due ? Optional.of(entry(tell, before.first(), now, count)) : Optional.empty();
    }

    /** Forgets an Event that is not there any more, so that it is written anew. */
    void forget(Entry entry) {
        said.remove(new Key(entry.object().uid(), entry.kind(), entry.text()));
    }

    private boolean allowed(String uid, Instant now) {
        @Nullable Allowance before = allowances.get(uid);
        double left = before == null
                ? BURST
                : Math.min(
                        BURST,
                        before.left()
                                + (double) Duration.between(before.at(), now).toMillis() / REFILL.toMillis());
        boolean allowed = left >= 1;
        allowances.put(uid, new Allowance(allowed ? left - 1 : left, now));
        return allowed;
    }

    private static Entry entry(Tell tell, Instant first, Instant last, int count) {
        return new Entry(tell.object(), tell.kind(), tell.warning(), tell.text(), first, last, count);
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
