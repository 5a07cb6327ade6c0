package io.akrimqtt.cli.replay;

import io.akrimqtt.presence.state.Belief;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device and what is believed of it from a moment on.
 *
 * @param time in the recording's time
 * @param device its id
 * @param name the device level alone
 * @param belief null where it was taken back
 */
public record Step(
        Instant time, String device, String name, @Nullable Belief belief) {}
