package io.akrimqtt.presence.convention;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Published;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One filter with what belongs to its devices.
 *
 * @param devices the filter's levels up to and including the device's
 * @param status where its devices state their presence, relative to their topics
 * @param commands what is sent to them, or null
 */
record DeviceTopics(
        DeviceFilter filter,
        DeviceFilter devices,
        List<StatusPlace> status,
        @Nullable TopicFilter commands) {

    private static final String DEVICE = "{device}";

    DeviceTopics {
        status = List.copyOf(status);
    }

    static DeviceTopics of(DeviceFilter filter, List<StatusTopic> status, @Nullable String command) {
        var devices = filter.devices();
        var places = status.stream()
                .filter(StatusPlace::relative)
                .map(each -> StatusPlace.below(devices, each))
                .toList();
        return new DeviceTopics(filter, devices, places, command == null ? null : commands(devices, command));
    }

    private static TopicFilter commands(DeviceFilter devices, String template) {
        return TopicFilter.of(Stream.of(template.split("/", -1))
                .map(level -> level.equals(DEVICE) ? devices.filter().value() : open(level))
                .collect(Collectors.joining("/")));
    }

    private static String open(String level) {
        boolean open = level.indexOf('{') >= 0 && !level.startsWith("{{");
        return open ? "+" : level.replace("{{", "{").replace("}}", "}");
    }

    boolean command(TopicName topic) {
        return commands != null && commands.matches(topic);
    }

    /** What a message states, where its topic is a status topic of these devices. */
    Optional<Reading> status(TopicName topic, byte[] payload, Published published) {
        for (var place : status) {
            var reading = place.read(topic, payload, published);
            if (reading.isPresent()) {
                return reading;
            }
        }
        return Optional.empty();
    }
}
