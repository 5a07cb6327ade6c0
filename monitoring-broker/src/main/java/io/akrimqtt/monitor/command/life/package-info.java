/**
 * The core of commands: what states a command goes through, which one is sent next, when one is too late. Pure functions of
 * (state, event) to decisions: no clock, no thread, no log, no I/O; each event carries its time, and timers are data.
 *
 * <p>Start with {@link io.akrimqtt.monitor.command.life.CommandQueue}.
 */
@NullMarked
package io.akrimqtt.monitor.command.life;

import org.jspecify.annotations.NullMarked;
