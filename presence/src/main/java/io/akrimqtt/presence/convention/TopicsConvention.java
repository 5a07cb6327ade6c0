package io.akrimqtt.presence.convention;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Devices by their topics: any message below a device's topic is a sign of its life, and where it states its presence the words
 * count. Immutable, thread-safe.
 */
public final class TopicsConvention {

    /** What our programs say to each other lies below this level. */
    private static final String OWN = "akri-mqtt";

    private final List<DeviceTopics> topics;
    private final List<StatusPlace> elsewhere;
    private final Set<String> statusLevels;
    private final boolean anyStatusLevel;

    private TopicsConvention(List<DeviceTopics> topics, List<StatusPlace> elsewhere) {
        this.topics = topics;
        this.elsewhere = elsewhere;
        var levels = new TreeSet<String>();
        topics.forEach(each -> each.status().forEach(place -> levels.add(place.lastLevel())));
        this.anyStatusLevel = levels.contains("+") || levels.contains("#");
        this.statusLevels = Set.copyOf(levels);
    }

    /**
     * Makes the reader of one Configuration.
     *
     * @param filters where two match a topic, the first decides which device it is
     * @param status where presence is stated; empty for nowhere
     * @param command a template with {@code {device}} for what is sent to devices, which says nothing of their life; or null
     * @throws IllegalArgumentException for a status topic that is no topic, or a JSON pointer that is none
     */
    public static TopicsConvention of(List<DeviceFilter> filters, List<StatusTopic> status, @Nullable String command) {
        var topics = new ArrayList<DeviceTopics>();
        for (var filter : filters) {
            topics.add(DeviceTopics.of(filter, status, command));
        }
        var elsewhere = status.stream()
                .filter(each -> !StatusPlace.relative(each))
                .map(each -> StatusPlace.absolute(each, filters))
                .toList();
        return new TopicsConvention(List.copyOf(topics), elsewhere);
    }

    /** What to subscribe to: the filters, and the status topics that they do not cover, each once. */
    public List<TopicFilter> filters() {
        var all = new ArrayList<TopicFilter>();
        topics.forEach(each -> all.add(each.filter().filter()));
        topics.forEach(
                each -> each.status().forEach(place -> all.add(place.filter().filter())));
        elsewhere.forEach(place -> all.add(place.filter().filter()));
        return Coverage.without(all);
    }

    /** What a message says, and about which device. Total. */
    public Reading read(TopicName topic, byte[] payload, Published published) {
        var value = topic.value();
        if (value.startsWith(OWN) && (value.length() == OWN.length() || value.charAt(OWN.length()) == '/')) {
            return Reading.nothing(Ignored.OWN_TOPIC);
        }
        for (var place : elsewhere) {
            var reading = place.read(topic, payload, published);
            if (reading.isPresent()) {
                return reading.get();
            }
        }
        boolean maybeStatus = anyStatusLevel || statusLevels.contains(value.substring(value.lastIndexOf('/') + 1));
        boolean nameless = false;
        for (var each : topics) {
            var reading = maybeStatus ? each.status(topic, payload, published) : Optional.<Reading>empty();
            if (reading.isPresent()) {
                return reading.get();
            }
            if (each.filter().filter().matches(topic)) {
                if (command(topic)) {
                    return Reading.nothing(Ignored.COMMAND);
                }
                var device = each.filter().identify(topic);
                if (device.isPresent()) {
                    return Reading.of(device.get().id(), Said.ACTIVITY);
                }
                nameless = true;
            }
        }
        return Reading.nothing(nameless ? Ignored.EMPTY_DEVICE : Ignored.NO_DEVICE);
    }

    private boolean command(TopicName topic) {
        return topics.stream().anyMatch(each -> each.command(topic));
    }

    /** What the filters tell of a device by its id alone; empty for an id that none of them gives. */
    public Optional<DeviceIdentity> identity(String device) {
        if (TopicName.problem(device).isPresent()) {
            return Optional.empty();
        }
        var topic = TopicName.of(device);
        return topics.stream()
                .flatMap(each -> each.devices().identify(topic).stream())
                .findFirst()
                .or(() -> elsewhere.stream()
                        .flatMap(place -> place.devices().identify(topic).stream())
                        .findFirst());
    }

    /** The telemetry filters of a device, in the order of the filters: each with the device's id filled in. */
    public List<String> filtersOf(String device) {
        if (TopicName.problem(device).isPresent()) {
            return List.of();
        }
        var topic = TopicName.of(device);
        return topics.stream()
                .filter(each -> each.devices().identify(topic).isPresent())
                .map(each -> each.filter().filterFor(device))
                .distinct()
                .toList();
    }
}
