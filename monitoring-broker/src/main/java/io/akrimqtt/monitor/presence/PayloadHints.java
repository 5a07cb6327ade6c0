package io.akrimqtt.monitor.presence;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.presence.state.Said;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What payloads are where their sender does not say it and something else tells: MQTT 5's Payload Format Indicator, or the device's
 * convention. Immutable.
 */
public final class PayloadHints {

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String JSON = "application/json";
    private static final String ENVELOPE = "application/cloudevents+json";

    /** What a convention says only of a payload that it has read. */
    private static final Set<Said> STATED = Set.of(Said.ONLINE, Said.OFFLINE, Said.SLEEPING);

    private final DeviceReading reading;
    private final Set<String> statusLevels;
    private final @Nullable TopicFilter envelopes;

    private PayloadHints(DeviceReading reading, @Nullable TopicFilter envelopes) {
        this.reading = reading;
        this.statusLevels = reading.statusFilters().stream()
                .map(filter -> lastLevel(filter.value()))
                .collect(Collectors.toUnmodifiableSet());
        this.envelopes = envelopes;
    }

    /** For one device, or the devices of a group. */
    public static PayloadHints of(DeviceDescription device) {
        return new PayloadHints(DeviceReading.of(device), envelopes(device));
    }

    private static @Nullable TopicFilter envelopes(DeviceDescription device) {
        var commands = device.commands();
        var response = commands == null ? null : commands.response();
        return response == null || device.way() != WayOfAsking.ENVELOPE ? null : response.filter();
    }

    /** A media type; empty where the message has one itself, and where nobody knows. */
    public String of(Message message) {
        if (message.contentType().isPresent()) {
            return "";
        }
        if (envelopes != null && envelopes.matches(message.topic())) {
            return ENVELOPE;
        }
        // Most messages are told by this alone that they state no presence.
        if (statusLevels.contains(lastLevel(message.topic().value())) && understood(message)) {
            return object(message.payload()) ? JSON : TEXT;
        }
        return message.utf8() ? TEXT : "";
    }

    private static String lastLevel(String topic) {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    /** Whether the convention has found its word in it. */
    private boolean understood(Message message) {
        return reading.read(message)
                .filter(heard -> STATED.contains(heard.said()))
                .isPresent();
    }

    private static boolean object(byte[] payload) {
        for (byte each : payload) {
            if (each == '{') {
                return true;
            }
            if (each > 0x20) {
                return false;
            }
        }
        return false;
    }
}
