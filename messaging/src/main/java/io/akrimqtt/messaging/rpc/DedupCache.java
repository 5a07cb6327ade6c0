package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which requests were seen and what was answered, so that each is done once. Bounded: at the bound the oldest one that is
 * answered is forgotten, and where all are still being done nothing more is taken. Confined to one thread.
 */
final class DedupCache {

    private static final class Entry {
        private final Instant until;
        private @Nullable Message answer;
        private boolean done;

        private Entry(Instant until) {
            this.until = until;
        }
    }

    /** What is known of a request. */
    enum Known {
        NEW,
        BEING_DONE,
        DONE,
        /** The cache is full of requests that are being done. */
        FULL
    }

    private final int most;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

    DedupCache(int most) {
        this.most = most;
    }

    /** Asks, and remembers a new one until then. */
    Known ask(String key, Instant now, Instant until) {
        forget(now);
        var entry = entries.get(key);
        if (entry != null) {
            return entry.done ? Known.DONE : Known.BEING_DONE;
        }
        if (entries.size() >= most && !forgetOldest()) {
            return Known.FULL;
        }
        entries.put(key, new Entry(until));
        return Known.NEW;
    }

    /** @param answer what was answered, or null for nothing */
    void done(String key, @Nullable Message answer) {
        var entry = entries.get(key);
        if (entry != null) {
            entry.done = true;
            entry.answer = answer;
        }
    }

    Optional<Message> answer(String key) {
        return Optional.ofNullable(entries.get(key)).map(entry -> entry.answer);
    }

    /** Only what is at the front, so each call takes little time; what lives longer in front of others keeps them. */
    private void forget(Instant now) {
        Iterator<Entry> each = entries.values().iterator();
        while (each.hasNext()) {
            var entry = each.next();
            if (!entry.done || entry.until.isAfter(now)) {
                return;
            }
            each.remove();
        }
    }

    private boolean forgetOldest() {
        Iterator<Entry> each = entries.values().iterator();
        while (each.hasNext()) {
            if (each.next().done) {
                each.remove();
                return true;
            }
        }
        return false;
    }
}
