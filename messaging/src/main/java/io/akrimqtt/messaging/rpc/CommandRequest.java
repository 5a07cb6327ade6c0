package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device is asked to do.
 *
 * @param command its name, one topic level
 * @param timeout how long the caller waits for the final answer; also the message's expiry on MQTT 5. Positive
 * @param oneWay no answer is wanted
 * @param properties what travels beside the payload, such as {@code traceparent} or {@code cls}; lost on MQTT 3.1.1. Names that
 *     start with {@code __} belong to the protocol
 */
public record CommandRequest(
        String command, Payload payload, Duration timeout, boolean oneWay, List<UserProperty> properties) {

    /**
     * The property with the caller's own key of a request: an executor does what has the same key and the same payload once, and
     * answers the same; the same key with another payload is answered with 409.
     */
    public static final String IDEMPOTENCY_KEY = "idem";

    /** @throws IllegalArgumentException where the timeout is not positive, or a property's name starts with {@code __} */
    public CommandRequest {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: positive)");
        }
        properties = List.copyOf(properties);
        for (var property : properties) {
            if (property.name().startsWith(Headers.RESERVED)) {
                throw new IllegalArgumentException(
                        "property: '" + property.name() + "' (expected: a name that does not start with '__')");
            }
        }
    }

    /** Without properties. */
    public CommandRequest(String command, Payload payload, Duration timeout, boolean oneWay) {
        this(command, payload, timeout, oneWay, List.of());
    }

    /** Asks for an answer. */
    public static CommandRequest of(String command, Payload payload, Duration timeout) {
        return new CommandRequest(command, payload, timeout, false);
    }

    /** With one more property. */
    public CommandRequest withProperty(String name, String value) {
        var all = new ArrayList<>(properties);
        all.add(new UserProperty(name, value));
        return new CommandRequest(command, payload, timeout, oneWay, all);
    }

    /** With the caller's own key, see {@link #IDEMPOTENCY_KEY}. */
    public CommandRequest withIdempotencyKey(String key) {
        return withProperty(IDEMPOTENCY_KEY, key);
    }

    /** The first value of a property. */
    public Optional<String> property(String name) {
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .map(UserProperty::value)
                .findFirst();
    }
}
