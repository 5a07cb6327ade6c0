package io.akrimqtt.presence.state;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Devices that come and go too often, and when they are calm again. Confined to its table. */
final class Damping {

    /** So many changes within {@link #WINDOW} are too many. */
    static final int CHANGES = 5;

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration CALM = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** One that flaps; {@code key} is a lower bound of its due time. */
    private static final class Flap {
        final Device device;
        final long since;
        long changedAt;
        long key;

        Flap(Device device, long now) {
            this.device = device;
            this.since = now;
            this.changedAt = now;
            this.key = due();
        }

        long due() {
            return Math.min(Times.plus(changedAt, CALM), Times.plus(since, LONGEST));
        }
    }

    private final Map<Device, Flap> flapping = new HashMap<>();
    private final PriorityQueue<Flap> queue = new PriorityQueue<>(Comparator.comparingLong(flap -> flap.key));

    /** The device came or went. */
    void changed(Device device, long now) {
        @Nullable Flap flap = flapping.get(device);
        if (flap != null) {
            flap.changedAt = now;
        } else if (device.changesSince(now, WINDOW) >= CHANGES) {
            begin(device, now);
        }
    }

    /** The device flaps from here on. */
    void begin(Device device, long now) {
        var flap = new Flap(device, now);
        device.flapping = true;
        flapping.put(device, flap);
        queue.add(flap);
    }

    /** When {@link #calm} is wanted, or never. */
    long due() {
        while (!queue.isEmpty()) {
            var flap = queue.peek();
            boolean gone = flapping.get(flap.device) != flap;
            if (!gone && flap.key == flap.due()) {
                return flap.key;
            }
            queue.poll();
            if (!gone) {
                flap.key = flap.due();
                queue.add(flap);
            }
        }
        return Times.NEVER;
    }

    /** The device that is calm first; only when {@link #due} has come. */
    Device calm() {
        due();
        var flap = queue.remove();
        flapping.remove(flap.device);
        flap.device.flapping = false;
        return flap.device;
    }

    /** The device is forgotten. */
    void forget(Device device) {
        flapping.remove(device);
    }
}
