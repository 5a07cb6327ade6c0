/**
 * Presence that survives a {@code kill -9}: what the core must remember, in an embedded store beside the agent's sockets. Adapter: it
 * decides nothing about devices.
 */
@NullMarked
package io.akrimqtt.handler.journal;

import org.jspecify.annotations.NullMarked;
