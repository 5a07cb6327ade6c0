package io.akrimqtt.monitor.presence;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.MemberTopics;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what messages say about one device, or about the devices of a group. Immutable. */
final class DeviceReading {

    private static final String PREFIX = "{device}/";

    /**
     * What a message says.
     *
     * @param device of whom
     */
    record Heard(String device, Said said) {}

    private final String device;
    private final boolean group;
    private final List<TopicFilter> devices;
    private final List<StatusTopic> status;
    private final TopicsConvention convention;

    private DeviceReading(
            DeviceDescription description,
            List<TopicFilter> devices,
            List<StatusTopic> status,
            TopicsConvention convention) {
        this.device = description.id().value();
        this.group = description.members() != null;
        this.devices = devices;
        this.status = status;
        this.convention = convention;
    }

    /** With the status topic that the discovery handler names, or with those of the plain status idiom. */
    static DeviceReading of(DeviceDescription device) {
        var members = device.members();
        return members == null ? ofDevice(device) : ofGroup(device, members);
    }

    private static DeviceReading ofDevice(DeviceDescription device) {
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
        return new DeviceReading(device, List.of(TopicFilter.exactly(device.id())), status, convention);
    }

    /** Of a group's devices no status topic is told: the usual ones count. */
    private static DeviceReading ofGroup(DeviceDescription device, MemberTopics members) {
        var filters = members.filters().stream()
                .map(filter -> DeviceFilter.parse(siblings(filter.value()) + "/#"))
                .toList();
        var commands = members.request();
        var convention =
                TopicsConvention.of(filters, StatusTopic.DEFAULTS, commands == null ? null : commands.toString());
        return new DeviceReading(device, members.filters(), StatusTopic.DEFAULTS, convention);
    }

    /** The device's topic with the device level open; braces that are meant themselves are doubled. */
    private static String siblings(String id) {
        var parent = id.substring(0, id.lastIndexOf('/') + 1);
        return parent.replace("{", "{{").replace("}", "}}") + "{device}";
    }

    /** Where they may state their presence. */
    List<TopicFilter> statusFilters() {
        return devices.stream()
                .flatMap(filter -> status.stream()
                        .map(topic -> TopicFilter.of(
                                filter.value() + "/" + topic.topic().substring(PREFIX.length()))))
                .toList();
    }

    /** What a message says about whom; empty for nothing. Outside the one device's own topic it is just a sign of life. */
    Optional<Heard> read(Message message) {
        var reading = convention.read(message.topic(), message.payload(), Published.NOT_KNOWN);
        var sighting = reading.sighting();
        if (sighting != null && (group || sighting.device().equals(device))) {
            return Optional.of(new Heard(sighting.device(), sighting.said()));
        }
        return foreign(reading) && !group ? Optional.of(new Heard(device, Said.ACTIVITY)) : Optional.empty();
    }

    /** It matched one of the device's telemetry filters, which may lie elsewhere. */
    private static boolean foreign(Reading reading) {
        return reading.sighting() == null && reading.ignored() == io.akrimqtt.presence.convention.Ignored.NO_DEVICE;
    }
}
