package io.akrimqtt.cli.cluster.node;

import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was sent to the API server to be written, refused or not, by identity, verb and kind. Thread-safe. */
public final class ApiCounts {

    /** How something is written. */
    public enum Verb {
        CREATE,
        UPDATE,
        PATCH,
        PATCH_STATUS,
        DELETE
    }

    /**
     * One sort of write.
     *
     * @param user the identity's name
     */
    public record Sort(String user, Verb verb, Resource resource) {}

    private final Map<Sort, LongAdder> counts = new ConcurrentHashMap<>();

    void count(Caller caller, Verb verb, Resource resource) {
        if (!caller.dryRun()) {
            counts.computeIfAbsent(new Sort(caller.user(), verb, resource), _ -> new LongAdder())
                    .increment();
        }
    }

    /** All that were counted so far. */
    public Map<Sort, Long> all() {
        var all = new ConcurrentHashMap<Sort, Long>();
        counts.forEach((sort, count) -> all.put(sort, count.sum()));
        return all;
    }

    /** How much each identity wrote so far. */
    public Map<String, Long> byUser() {
        var byUser = new TreeMap<String, Long>();
        counts.forEach((sort, count) -> byUser.merge(sort.user(), count.sum(), Long::sum));
        return byUser;
    }

    /** How much was written so far. */
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
