package io.akrimqtt.messaging.rpc;

import java.time.Duration;

/**
 * What a device is asked to do.
 *
 * @param command its name, one topic level
 * @param timeout how long the caller waits for the final answer; also the message's expiry on MQTT 5. Positive
 * @param oneWay no answer is wanted
 */
public record CommandRequest(String command, Payload payload, Duration timeout, boolean oneWay) {

    /** @throws IllegalArgumentException where the timeout is not positive */
    public CommandRequest {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: positive)");
        }
    }

    /** Asks for an answer. */
    public static CommandRequest of(String command, Payload payload, Duration timeout) {
        return new CommandRequest(command, payload, timeout, false);
    }
}
