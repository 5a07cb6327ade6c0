package io.akrimqtt.messaging.rpc;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which requests were seen and what was answered, so that each is done once. Bounded in number and in bytes of answers: at the
 * bound the oldest one that is answered is forgotten, and where all are still being done nothing more is taken. Confined to one
 * thread.
 */
final class DedupCache {

    /** How much all answers together may take. */
    static final long MOST_BYTES = 16L * 1024 * 1024;

    /** How long a caller's own key is remembered at least, since it may ask again on its own account. */
    static final Duration KEY_TIME = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(DedupCache.class);

    /** What is known of a request. */
    sealed interface Known {
        /** @param entry where its end is to be noted, or null where nothing identifies it */
        record New(@Nullable DedupEntry entry) implements Known {}

        record BeingDone(Work work) implements Known {}

        record Done(Response response) implements Known {}

        /** It was begun before a restart; nobody knows how far it got. */
        record Interrupted() implements Known {}

        /** The caller's own key, but another payload. */
        record OtherBody() implements Known {}

        /** Too many are being done. */
        record Full() implements Known {}
    }

    private final int most;
    private final DedupStore store;
    private final Map<String, DedupEntry> byKey = new HashMap<>();
    private final LinkedHashSet<DedupEntry> entries = new LinkedHashSet<>();
    private long bytes;

    /** Begins with what the store has that has not expired. */
    DedupCache(int most, DedupStore store, Instant now) {
        this.most = most;
        this.store = store;
        var kept = new ArrayList<DedupEntry>();
        store.load().forEach((key, entry) -> {
            try {
                kept.add(DedupEntry.read(entry));
            } catch (IOException | RuntimeException e) {
                store.remove(key);
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("entry of the store of requests cannot be read");
            }
        });
        kept.sort(Comparator.comparing(DedupEntry::until));
        kept.forEach(this::add);
        forget(now);
    }

    static String idempotencyKey(String filter, String command, String key) {
        return "idem\0" + filter + "\0" + command + "\0" + key;
    }

    /** Asks, and remembers a new one. */
    Known ask(IncomingRequest request, Instant now) {
        forget(now);
        var digest = DedupEntry.digest(request.request().payload());
        var entry = byKey.get(request.key());
        if (entry == null) {
            entry = byKey.get(request.idempotencyKey());
            if (entry != null && !entry.sameBody(digest)) {
                return new Known.OtherBody();
            }
        }
        return entry == null ? remember(request, now, digest) : known(entry);
    }

    private static Known known(DedupEntry entry) {
        return entry.work()
                .<Known>map(Known.BeingDone::new)
                .or(() -> entry.response().map(Known.Done::new))
                .orElseGet(Known.Interrupted::new);
    }

    private Known remember(IncomingRequest request, Instant now, byte[] digest) {
        List<String> keys = Stream.of(request.key(), request.idempotencyKey())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (keys.isEmpty()) {
            return new Known.New(null);
        }
        if (entries.size() >= most && !forgetOldest()) {
            return new Known.Full();
        }
        var timeout = request.request().timeout();
        boolean longer = request.idempotencyKey() != null && KEY_TIME.compareTo(timeout) > 0;
        var entry = new DedupEntry(keys, now.plus(longer ? KEY_TIME : timeout), digest);
        store.put(keys.getFirst(), entry.bytes());
        add(entry);
        return new Known.New(entry);
    }

    /** It is done; the answer is kept for those that ask again. */
    void done(@Nullable DedupEntry entry, Response response) {
        if (entry == null || !entries.contains(entry)) {
            return;
        }
        entry.end(response);
        bytes += entry.size();
        store.put(entry.keys().getFirst(), entry.bytes());
        boolean more = true;
        while (bytes > MOST_BYTES && more) {
            more = forgetOldest();
        }
    }

    /** It was not done after all: whoever asks again is a new one. */
    void forget(@Nullable DedupEntry entry) {
        if (entry != null && entries.remove(entry)) {
            drop(entry);
        }
    }

    private void add(DedupEntry entry) {
        entries.add(entry);
        bytes += entry.size();
        entry.keys().forEach(key -> byKey.put(key, entry));
    }

    private void drop(DedupEntry entry) {
        bytes -= entry.size();
        entry.keys().forEach(key -> byKey.remove(key, entry));
        store.remove(entry.keys().getFirst());
    }

    /** Only what is at the front, so each call takes little time; what lives longer in front of others keeps them. */
    private void forget(Instant now) {
        Iterator<DedupEntry> each = entries.iterator();
        while (each.hasNext()) {
            var entry = each.next();
            if (entry.work().isPresent() || entry.until().isAfter(now)) {
                return;
            }
            each.remove();
            drop(entry);
        }
    }

    private boolean forgetOldest() {
        Iterator<DedupEntry> each = entries.iterator();
        while (each.hasNext()) {
            var entry = each.next();
            if (entry.work().isEmpty()) {
                each.remove();
                drop(entry);
                return true;
            }
        }
        return false;
    }
}
