package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;

/**
 * What a caller wants done, not yet checked.
 *
 * @param command one topic level
 * @param timeout how long to wait for the answer
 * @param oneWay publish and do not wait for an answer
 */
public record CommandOrder(String command, Payload payload, Duration timeout, boolean oneWay) {

    /** How long to wait where the caller does not say. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** The longest time to wait. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
}
