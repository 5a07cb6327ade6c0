/**
 * The presence core: which devices are there, why we believe it, and what follows from it.
 *
 * <p>Pure functions of (state, event) to decisions. The JDK only; no clock, no thread, no log, no I/O: each event carries its
 * time, and timers are data (a decision names the moment at which a tick is wanted).
 */
@NullMarked
package io.akrimqtt.presence.state;

import org.jspecify.annotations.NullMarked;
