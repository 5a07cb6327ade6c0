package io.akrimqtt.handler.watch;

import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.Transition;
import java.util.List;
import java.util.Map;

/**
 * A device and what is believed of it.
 *
 * @param id the topic up to and including the device level
 * @param name the device level alone
 * @param listed whether Akri is to have it
 * @param flapping it came and went too often of late, and is kept listed until it is stable
 * @param levels named levels of the filter, for example {@code area=a}
 * @param filters telemetry filters of this device, in the order of the details: each filter with the device's id filled in
 * @param transitions the latest, oldest first; 16 at most
 */
public record TrackedDevice(
        String id,
        String name,
        Presence presence,
        boolean listed,
        boolean flapping,
        Map<String, String> levels,
        List<String> filters,
        Evidence evidence,
        List<Transition> transitions) {

    public TrackedDevice {
        levels = Map.copyOf(levels);
        filters = List.copyOf(filters);
        transitions = List.copyOf(transitions);
    }

    /** One that is not flapping. */
    public TrackedDevice(
            String id,
            String name,
            Presence presence,
            boolean listed,
            Map<String, String> levels,
            List<String> filters,
            Evidence evidence,
            List<Transition> transitions) {
        this(id, name, presence, listed, false, levels, filters, evidence, transitions);
    }
}
