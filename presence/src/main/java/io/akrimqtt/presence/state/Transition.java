package io.akrimqtt.presence.state;

/** A change of what is believed of a device, with the reason. */
public record Transition(Presence from, Presence to, Evidence evidence) {}
