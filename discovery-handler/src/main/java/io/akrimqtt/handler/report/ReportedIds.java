package io.akrimqtt.handler.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Under which id each device is reported: its own, unless another device's Instance would get the same name. Immutable.
 *
 * <p>Who comes first stays plain: an id that is already assigned keeps its assignment for as long as the device is known, listed
 * or not, since a new id means a new Instance and a new workload. Among devices that are new at once, the smaller in the order of
 * bytes stays plain.
 */
public final class ReportedIds {

    /** No device yet. */
    static final ReportedIds NONE = new ReportedIds(Map.of(), Map.of(), List.of());

    private final Map<String, String> reported;
    private final Map<String, String> hashes;
    private final List<Collision> collisions;

    private ReportedIds(Map<String, String> reported, Map<String, String> hashes, List<Collision> collisions) {
        this.reported = reported;
        this.hashes = hashes;
        this.collisions = collisions;
    }

    /**
     * Two devices whose Instances would have had one name.
     *
     * @param device is reported as {@code reported}
     * @param other stays as it is
     */
    public record Collision(String device, String other, String reported) {}

    /** As they were assigned before, by device. */
    static ReportedIds of(Map<String, String> reported) {
        var hashes = new HashMap<String, String>();
        reported.forEach((device, id) -> hashes.put(device, InstanceHash.of(id)));
        var collisions = new ArrayList<Collision>();
        reported.forEach((device, id) -> hashes.entrySet().stream()
                .filter(other -> !id.equals(device) && other.getValue().equals(InstanceHash.of(device)))
                .findFirst()
                .ifPresent(other -> collisions.add(new Collision(device, other.getKey(), id))));
        return new ReportedIds(Map.copyOf(reported), hashes, List.copyOf(collisions));
    }

    /** The ids of those that have met, by device: what must be known after a restart for all to keep theirs. */
    Map<String, String> collided() {
        var all = new HashMap<String, String>();
        for (var collision : collisions) {
            all.put(collision.device(), collision.reported());
            all.put(collision.other(), of(collision.other()));
        }
        return all;
    }

    /** Assigns ids to exactly these devices, keeping what is assigned. */
    ReportedIds assign(Collection<String> devices) {
        var nextReported = new HashMap<String, String>();
        var nextHashes = new HashMap<String, String>();
        var holders = new HashMap<String, String>();
        var fresh = new ArrayList<String>();
        for (var device : devices) {
            @Nullable String id = reported.get(device);
            @Nullable String hash = hashes.get(device);
            if (id == null || hash == null) {
                fresh.add(device);
            } else {
                nextReported.put(device, id);
                nextHashes.put(device, hash);
                holders.put(hash, device);
            }
        }
        var next = new ArrayList<>(collisions.stream()
                .filter(collision -> nextReported.containsKey(collision.device()))
                .toList());
        fresh.sort(ByteOrder.UTF_8);
        for (var device : fresh) {
            var id = freeId(device, holders, next);
            var hash = InstanceHash.of(id);
            holders.put(hash, device);
            nextReported.put(device, id);
            nextHashes.put(device, hash);
        }
        return new ReportedIds(nextReported, nextHashes, List.copyOf(next));
    }

    private static String freeId(String device, Map<String, String> holders, List<Collision> collisions) {
        @Nullable String other = holders.get(InstanceHash.of(device));
        if (other == null) {
            return device;
        }
        int suffix = 2;
        while (holders.containsKey(InstanceHash.of(device + "#" + suffix))) {
            suffix++;
        }
        var id = device + "#" + suffix;
        collisions.add(new Collision(device, other, id));
        return id;
    }

    /** Under which id a device is, or would be, reported. */
    public String of(String device) {
        return reported.getOrDefault(device, device);
    }

    /** The end of the name of a device's Instance. */
    public String hashOf(String device) {
        @Nullable String hash = hashes.get(device);
        return hash == null ? InstanceHash.of(device) : hash;
    }

    /** Those that are in effect. */
    public List<Collision> collisions() {
        return collisions;
    }
}
