package io.akrimqtt.handler.report;

import io.akrimqtt.handler.cluster.InstanceHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which id each device is reported: its own, unless another device's Instance would get the same name. Immutable.
 *
 * <p>Who has the Instance keeps its id, on every node. Without sight of Instances who comes first stays plain: an id that is already
 * assigned keeps its assignment for as long as the device is known, listed or not, since a new id means a new Instance and a new
 * workload. Among devices that are new at once, the smaller in the order of bytes stays plain.
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
     * @param other stays as it is; the device itself where only the Instance tells that there was one
     */
    public record Collision(String device, String other, String reported) {}

    /** As they were assigned before, by device. */
    static ReportedIds of(Map<String, String> reported) {
        return NONE.assign(reported.keySet(), reported);
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

    /** With ids that another process has assigned meanwhile, which go first. */
    ReportedIds and(Map<String, String> others) {
        var devices = new HashSet<>(reported.keySet());
        devices.addAll(others.keySet());
        return assign(devices, others);
    }

    /** Assigns ids to exactly these devices, keeping what is assigned. */
    ReportedIds assign(Collection<String> devices) {
        return assign(devices, Map.of());
    }

    /**
     * Assigns ids to exactly these devices: those that Instances were made for, then those that are assigned, then free ones.
     *
     * @param held the ids that Instances were made for, by device; those that are no id of the device are ignored
     */
    ReportedIds assign(Collection<String> devices, Map<String, String> held) {
        var next = new Assignment(Set.copyOf(devices));
        held.forEach((device, id) -> {
            if (InstanceHash.mayBe(device, id)) {
                next.hold(device, hash(device, id));
            }
        });
        next.settle(held);
        var fresh = new ArrayList<String>();
        for (var device : next.devices) {
            @Nullable String id = reported.get(device);
            boolean done = next.reported.containsKey(device) || (id != null && next.take(device, id, hash(device, id)));
            if (!done) {
                fresh.add(device);
            }
        }
        fresh.sort(ByteOrder.UTF_8);
        fresh.forEach(next::free);
        return new ReportedIds(next.reported, next.hashes, collisions(next));
    }

    private String hash(String device, String id) {
        @Nullable String hash = hashes.get(device);
        return hash != null && id.equals(reported.get(device)) ? hash : InstanceHash.of(id);
    }

    /** Those that are in effect; one that was known outlives the other device. */
    private List<Collision> collisions(Assignment next) {
        var before = new HashMap<String, Collision>();
        collisions.forEach(collision -> before.put(collision.device(), collision));
        var now = new ArrayList<Collision>();
        next.reported.forEach((device, id) -> {
            if (!id.equals(device)) {
                @Nullable Collision known = before.get(device);
                @Nullable String other = next.holders.get(InstanceHash.of(device));
                if (other != null) {
                    now.add(new Collision(device, other, id));
                } else {
                    now.add(known != null && known.reported().equals(id) ? known : new Collision(device, device, id));
                }
            }
        });
        now.sort(Comparator.comparing(Collision::device, ByteOrder.UTF_8));
        return List.copyOf(now);
    }

    /** Ids while they are assigned. */
    private static final class Assignment {

        private final Set<String> devices;
        private final Map<String, String> reported = new HashMap<>();
        private final Map<String, String> hashes = new HashMap<>();
        private final Map<String, String> holders = new HashMap<>();

        Assignment(Set<String> devices) {
            this.devices = devices;
        }

        /** A name is kept for who has it, though it be unknown here. */
        void hold(String device, String hash) {
            holders.merge(hash, device, (one, other) -> ByteOrder.UTF_8.compare(one, other) <= 0 ? one : other);
        }

        /** Gives those that hold a name their ids. */
        void settle(Map<String, String> held) {
            holders.forEach((hash, device) -> {
                @Nullable String id = held.get(device);
                if (id != null && devices.contains(device)) {
                    reported.put(device, id);
                    hashes.put(device, hash);
                }
            });
        }

        /** Whether the name was free. */
        boolean take(String device, String id, String hash) {
            if (holders.putIfAbsent(hash, device) != null) {
                return false;
            }
            reported.put(device, id);
            hashes.put(device, hash);
            return true;
        }

        void free(String device) {
            var id = device;
            for (int suffix = 2; !take(device, id, InstanceHash.of(id)); suffix++) {
                id = device + "#" + suffix;
            }
        }
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

    /** Those that are in effect, in the order of the devices' bytes. */
    public List<Collision> collisions() {
        return collisions;
    }
}
