package io.akrimqtt.cli.cluster.scenario;

import java.util.Map;
import java.util.TreeMap;

/**
 * What happened in a cluster between two moments.
 *
 * @param instancesCreated Instances made
 * @param instancesDeleted Instances that are gone, for whatever reason
 * @param podsStarted pods that became Running
 * @param podsEnded pods that were Running and are gone
 * @param podsFailed pods that were refused their device
 * @param writes what was sent to the API server to be written, by identity
 */
public record Tally(
        long instancesCreated,
        long instancesDeleted,
        long podsStarted,
        long podsEnded,
        long podsFailed,
        Map<String, Long> writes) {

    /** Copies the map. */
    public Tally {
        writes = Map.copyOf(writes);
    }

    /** What happened since an earlier moment. */
    public Tally since(Tally before) {
        var difference = new TreeMap<String, Long>();
        writes.forEach((user, count) -> difference.put(user, count - before.writes.getOrDefault(user, 0L)));
        return new Tally(
                instancesCreated - before.instancesCreated,
                instancesDeleted - before.instancesDeleted,
                podsStarted - before.podsStarted,
                podsEnded - before.podsEnded,
                podsFailed - before.podsFailed,
                difference);
    }

    /** All identities' writes. */
    public long allWrites() {
        return writes.values().stream().mapToLong(Long::longValue).sum();
    }
}
