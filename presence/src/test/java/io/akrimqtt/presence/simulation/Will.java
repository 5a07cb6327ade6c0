package io.akrimqtt.presence.simulation;

import java.time.Duration;

/** A Last Will and how long the server waits with it. */
record Will(Packet packet, Duration delay) {}
