/**
 * How fast the parts are, beside the bare MQTT client in the same run: on a busy machine only the ratio says something. Nothing
 * of it is shipped.
 *
 * <p>Start with {@link io.akrimqtt.benchmarks.TelemetryMain}.
 */
@NullMarked
package io.akrimqtt.benchmarks;

import org.jspecify.annotations.NullMarked;
