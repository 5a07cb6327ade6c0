package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.message.Message;
import java.time.Instant;

/**
 * One message of the device.
 *
 * @param cursor its place in the log, positive
 * @param received when it came, by the wall's clock
 */
public record TelemetryEntry(long cursor, Message message, Instant received) {

    /** What a message takes beside its topic and payload, about. */
    private static final int OVERHEAD = 200;

    int size() {
        return size(message);
    }

    /** About how many bytes of memory a message takes; what bounds are counted in. */
    static int size(Message message) {
        long size = OVERHEAD + (long) message.size() + message.topic().value().length();
        for (var property : message.userProperties()) {
            size += property.name().length() + property.value().length();
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }
}
