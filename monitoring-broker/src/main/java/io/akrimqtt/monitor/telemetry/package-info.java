/**
 * What the device publishes: a bounded log with a cursor per message, the last value of each topic, and readers at their own
 * pace. A slow reader misses messages, is told which, and slows nobody else.
 *
 * <p>Start with {@link io.akrimqtt.monitor.telemetry.Telemetry}.
 */
@NullMarked
package io.akrimqtt.monitor.telemetry;

import org.jspecify.annotations.NullMarked;
