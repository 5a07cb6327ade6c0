package io.akrimqtt.presence.convention;

import io.akrimqtt.presence.state.Said;
import org.jspecify.annotations.Nullable;

/**
 * What a convention makes of a message. A message whose statement is not understood may still be a sign of life: then both
 * parts are there.
 *
 * @param sighting what it says about a device, or null for nothing
 * @param ignored what is not taken into account and why, or null where all is
 */
public record Reading(@Nullable Sighting sighting, @Nullable Ignored ignored) {

    /** What a message says about a device. */
    public record Sighting(String device, Said said) {}

    static Reading of(String device, Said said) {
        return new Reading(new Sighting(device, said), null);
    }

    /** Nothing about a device. */
    public static Reading nothing(Ignored cause) {
        return new Reading(null, cause);
    }

    static Reading activityOnly(String device, Ignored cause) {
        return new Reading(new Sighting(device, Said.ACTIVITY), cause);
    }
}
