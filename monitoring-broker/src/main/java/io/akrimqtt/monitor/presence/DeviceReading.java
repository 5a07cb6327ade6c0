package io.akrimqtt.monitor.presence;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what messages say about one device. Immutable. */
final class DeviceReading {

    private static final String PREFIX = "{device}/";

    private final String device;
    private final List<StatusTopic> status;
    private final TopicsConvention convention;

    private DeviceReading(String device, List<StatusTopic> status, TopicsConvention convention) {
        this.device = device;
        this.status = status;
        this.convention = convention;
    }

    /** With the status topic that the discovery handler names, or with those of the plain status idiom. */
    static DeviceReading of(DeviceDescription device) {
        var id = device.id().value();
        @Nullable String named = device.properties().get("MQTT_STATUS_TOPIC");
        var below = named != null && named.startsWith(id + "/") && named.length() > id.length() + 1;
        var status = named != null && below
                ? List.of(StatusTopic.of(PREFIX + named.substring(id.length() + 1)))
                : StatusTopic.DEFAULTS;
        var commands = device.commands();
        var convention = TopicsConvention.of(
                List.of(DeviceFilter.parse(siblings(id) + "/#")),
                status,
                commands == null ? null : commands.request().toString());
        return new DeviceReading(id, status, convention);
    }

    /** The device's topic with the device level open; braces that are meant themselves are doubled. */
    private static String siblings(String id) {
        var parent = id.substring(0, id.lastIndexOf('/') + 1);
        return parent.replace("{", "{{").replace("}", "}}") + "{device}";
    }

    /** Where it may state its presence. */
    List<TopicFilter> statusFilters() {
        return status.stream()
                .map(topic -> TopicFilter.of(device + "/" + topic.topic().substring(PREFIX.length())))
                .toList();
    }

    /** What a message says about the device; empty for nothing. Outside the device's own topic it is just a sign of life. */
    Optional<Said> read(Message message) {
        var reading = convention.read(message.topic(), message.payload(), Published.NOT_KNOWN);
        var sighting = reading.sighting();
        if (sighting != null && sighting.device().equals(device)) {
            return Optional.of(sighting.said());
        }
        return foreign(reading) ? Optional.of(Said.ACTIVITY) : Optional.empty();
    }

    /** It matched one of the device's telemetry filters, which may lie elsewhere. */
    private static boolean foreign(Reading reading) {
        return reading.sighting() == null && reading.ignored() == io.akrimqtt.presence.convention.Ignored.NO_DEVICE;
    }
}
