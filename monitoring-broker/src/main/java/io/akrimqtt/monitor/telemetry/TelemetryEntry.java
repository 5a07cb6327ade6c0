package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.message.Message;
import java.time.Instant;

/**
 * One message of the device.
 *
 * @param cursor its place in the log, positive
 * @param received when it came, by the wall's clock
 * @param size about how many bytes of memory it takes; what bounds are counted in
 */
public record TelemetryEntry(long cursor, Message message, Instant received, int size) implements LogItem {

    /** What a message takes beside its texts and bytes, about; and what a user property does. */
    private static final int OVERHEAD = 250;

    private static final int PROPERTY_OVERHEAD = 140;

    TelemetryEntry(long cursor, Message message, Instant received) {
        this(cursor, message, received, size(message));
    }

    /** About how many bytes of memory a message takes. */
    static int size(Message message) {
        long size = OVERHEAD + (long) message.size() + message.topic().value().length();
        for (var property : message.userProperties()) {
            size += PROPERTY_OVERHEAD
                    + property.name().length()
                    + property.value().length();
        }
        size += message.contentType().map(String::length).orElse(0);
        size += message.responseTopic().map(topic -> topic.value().length()).orElse(0);
        size += message.correlationData().map(bytes -> bytes.length).orElse(0);
        return (int) Math.min(size, Integer.MAX_VALUE);
    }
}
