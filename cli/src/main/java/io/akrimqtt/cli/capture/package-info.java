/**
 * Records MQTT servers: listens with clean sessions of its own, reads what is retained, publishes nothing.
 *
 * <p>Start with {@link io.akrimqtt.cli.capture.Recorder}.
 */
@NullMarked
package io.akrimqtt.cli.capture;

import org.jspecify.annotations.NullMarked;
