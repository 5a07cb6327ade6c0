package io.akrimqtt.presence.state;

import java.util.List;

/**
 * What is believed of a device, and why.
 *
 * @param listed whether Akri is to have it: it is online or sleeping, or it is unknown and was listed before
 * @param evidence what decided
 * @param flapping it came and went too often of late, and is kept listed until it is stable
 * @param transitions the latest, oldest first; at most {@link PresenceTable#MAX_TRANSITIONS}
 */
public record Belief(
        String device,
        Presence presence,
        boolean listed,
        boolean flapping,
        Evidence evidence,
        List<Transition> transitions) {
    public Belief {
        transitions = List.copyOf(transitions);
    }
}
