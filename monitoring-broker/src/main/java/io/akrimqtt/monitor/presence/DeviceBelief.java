package io.akrimqtt.monitor.presence;

import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of the device.
 *
 * @param evidence why, or null where nothing was heard of it
 */
public record DeviceBelief(Presence presence, @Nullable Evidence evidence) {

    /** Nothing was heard of it. */
    public static final DeviceBelief NOTHING = new DeviceBelief(Presence.UNKNOWN, null);

    static DeviceBelief of(Belief belief) {
        return new DeviceBelief(belief.presence(), belief.evidence());
    }

    /**
     * Whether commands may be sent to it. Where nothing is known they may: many devices listen and say nothing, and the absence of
     * evidence is none.
     */
    public boolean reachable() {
        return switch (presence) {
            case ONLINE, UNKNOWN -> true;
            case SLEEPING, OFFLINE -> false;
        };
    }

    /** Why it cannot be reached, one sentence; empty where it can. */
    public String reason() {
        if (reachable()) {
            return "";
        }
        var why = evidence == null ? "" : ": " + evidence.text();
        return "the device is " + presence.name().toLowerCase(Locale.ROOT) + why;
    }
}
