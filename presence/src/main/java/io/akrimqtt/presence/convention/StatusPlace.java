package io.akrimqtt.presence.convention;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Published;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where some devices state their presence.
 *
 * @param filter the status topics, with the level that tells the device
 * @param home whose devices they are where the topics lie elsewhere than the devices' own; null where they lie below them
 */
record StatusPlace(
        DeviceFilter filter, StatusIdiom idiom, @Nullable DeviceFilter home) {

    private static final String PREFIX = "{device}/";

    /** Whether a status topic is meant relative to the device's topic. */
    static boolean relative(StatusTopic topic) {
        return topic.topic().startsWith(PREFIX);
    }

    static StatusPlace below(DeviceFilter devices, StatusTopic topic) {
        return new StatusPlace(devices.below(topic.topic().substring(PREFIX.length())), StatusIdiom.of(topic), null);
    }

    /**
     * Status topics that are written in full. Where they lie below the devices' topics the ids are equal by themselves; where
     * they lie elsewhere, their {@code {device}} is the device's name, as long as just one filter can be meant.
     */
    static StatusPlace absolute(StatusTopic topic, List<DeviceFilter> filters) {
        var filter = DeviceFilter.parse(topic.topic());
        var own = filter.devices().filter();
        var homes = filters.stream()
                .map(DeviceFilter::devices)
                .filter(each -> each.idOf("x", namesToThemselves(filter)).isPresent()
                        || each.filter().equals(own))
                .distinct()
                .toList();
        boolean elsewhere = homes.size() == 1 && !homes.getFirst().filter().equals(own);
        return new StatusPlace(filter, StatusIdiom.of(topic), elsewhere ? homes.getFirst() : null);
    }

    private static Map<String, String> namesToThemselves(DeviceFilter filter) {
        return filter.names().stream().collect(Collectors.toMap(name -> name, name -> name));
    }

    /** The devices whose presence is stated here. */
    DeviceFilter devices() {
        return home == null ? filter.devices() : home;
    }

    String lastLevel() {
        var value = filter.filter().value();
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** What a message states, or empty where its topic is not one of these. */
    Optional<Reading> read(TopicName topic, byte[] payload, Published published) {
        return filter.identify(topic).flatMap(this::id).map(id -> idiom.read(id, payload, published));
    }

    private Optional<String> id(DeviceIdentity found) {
        return home == null ? Optional.of(found.id()) : home.idOf(found.name(), found.levels());
    }
}
