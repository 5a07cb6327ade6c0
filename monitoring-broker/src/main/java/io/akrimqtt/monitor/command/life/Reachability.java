package io.akrimqtt.monitor.command.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything can be sent now: to the one device, whose name here is empty, or to each device of a group. Bounded by the devices
 * that are not reachable, and by those that something waits for. Confined to its queue.
 */
final class Reachability {

    private boolean connected;

    /** Why those cannot be reached that cannot. */
    private final Map<String, String> away = new HashMap<>();

    private final Map<String, Instant> held = new HashMap<>();

    void device(String member, boolean there, String why) {
        if (there) {
            away.remove(member);
            held.remove(member);
        } else {
            away.put(member, why);
        }
    }

    void line(boolean there) {
        connected = there;
        if (there) {
            held.clear();
        }
    }

    /** What was sent did not reach it: nothing is tried for a while, or until there is news. */
    void hold(String member, Instant now, Duration wait) {
        held.values().removeIf(until -> !until.isAfter(now));
        held.put(member, now.plus(wait));
    }

    /** How a command that does not wait ends now, or empty where it can be sent. */
    Optional<CommandOutcome> obstacle(String member) {
        if (!connected) {
            return Optional.of(Endings.noServer());
        }
        return Optional.ofNullable(away.get(member)).map(Endings::unreachable);
    }

    boolean open(String member, Instant now) {
        @Nullable Instant until = held.get(member);
        return connected && !away.containsKey(member) && (until == null || !now.isBefore(until));
    }

    /** Why a device cannot be reached, or empty. */
    String reason(String member) {
        return away.getOrDefault(member, "");
    }

    /** When {@link #open} may next change by time alone; far in the future for never. */
    Instant heldUntil(Instant now) {
        return held.values().stream()
                .filter(until -> until.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
