package io.akrimqtt.handler.watch;

import io.akrimqtt.presence.state.Presence;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Devices that Akri gets as one.
 *
 * @param device the group as a device: listed while one of its members is, with the presence of the one that knows best
 * @param members how many known devices are in it, by presence; those with none are left out
 * @param listed how many of them are listed
 */
public record DeviceGroup(TrackedDevice device, Map<Presence, Integer> members, int listed) {

    public DeviceGroup {
        members = Collections.unmodifiableMap(members.isEmpty() ? Map.of() : new EnumMap<>(members));
    }

    /** How many known devices are in it; 0 where all that is known is that Akri has an Instance of it. */
    public int size() {
        return members.values().stream().mapToInt(Integer::intValue).sum();
    }
}
