package io.akrimqtt.presence.convention;

import java.util.Map;

/**
 * Which device a topic belongs to.
 *
 * @param id the topic up to and including the device level
 * @param name the device level alone
 * @param levels named levels, for example {@code area} to {@code a}
 */
public record DeviceIdentity(String id, String name, Map<String, String> levels) {
    public DeviceIdentity {
        levels = Map.copyOf(levels);
    }
}
