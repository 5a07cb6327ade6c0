/**
 * The presence core: which devices are there, why we believe it, and what follows from it.
 *
 * <p>Pure functions of (state, event) to decisions. The JDK only; no clock, no thread, no log, no I/O: each event carries its
 * time, and timers are data (a decision names the moment at which a tick is wanted).
 *
 * <p>Start with {@link io.akrimqtt.presence.state.PresenceTable}. Behind it, {@code Judge} says what one message or timer does to
 * what one server shows of one device, {@code Farewells} what becomes of an offline statement, and {@code CatchUp} what follows
 * once a server that was away has been read.
 */
@NullMarked
package io.akrimqtt.presence.state;

import org.jspecify.annotations.NullMarked;
