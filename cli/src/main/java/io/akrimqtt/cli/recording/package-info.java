/**
 * Recordings: what happened at MQTT servers, one JSON object per line, to be read by anybody. Knows neither MQTT clients nor what
 * the messages mean.
 *
 * <p>Start with {@link io.akrimqtt.cli.recording.Recorded}; docs/cli.md describes the format.
 */
@NullMarked
package io.akrimqtt.cli.recording;

import org.jspecify.annotations.NullMarked;
