package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.presence.convention.DeviceFilter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which devices are not heard when an MQTT server refuses filters. Immutable. */
final class FilterReach {

    private final List<TopicFilter> filters;
    private final List<String[]> elsewhere;
    private final String prefix;

    /**
     * Of one server.
     *
     * @param filters all that are subscribed to
     * @param prefix what stands before the ids of the server's devices
     */
    FilterReach(DiscoveryDetails details, List<TopicFilter> filters, String prefix) {
        this.prefix = prefix;
        this.filters = filters;
        this.elsewhere = details.status().stream()
                .filter(each -> !each.topic().startsWith("{device}/"))
                .map(each -> levels(DeviceFilter.parse(each.topic()).filter().value()))
                .toList();
    }

    /** Those of the devices that no filter covers which is not refused. In doubt a device is heard. */
    Set<String> unheard(Set<TopicFilter> refused, Collection<String> devices) {
        if (refused.isEmpty()) {
            return Set.of();
        }
        var granted = filters.stream()
                .filter(filter -> !refused.contains(filter))
                .map(filter -> levels(filter.value()))
                .toList();
        if (granted.stream().anyMatch(filter -> elsewhere.stream().anyMatch(other -> overlap(filter, other)))) {
            return Set.of();
        }
        return devices.stream()
                .filter(device -> device.startsWith(prefix))
                .filter(device -> granted.stream()
                        .noneMatch(filter -> reaches(filter, levels(device.substring(prefix.length())))))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String[] levels(String topic) {
        return topic.split("/", -1);
    }

    /** Whether a filter matches the device's topic or one below it. */
    private static boolean reaches(String[] filter, String[] device) {
        for (int level = 0; level < device.length; level++) {
            if (level == filter.length) {
                return false;
            }
            if (filter[level].equals("#")) {
                return true;
            }
            if (!filter[level].equals("+") && !filter[level].equals(device[level])) {
                return false;
            }
        }
        return true;
    }

    /** Whether one topic may match both. */
    private static boolean overlap(String[] one, String[] other) {
        int shorter = Math.min(one.length, other.length);
        for (int level = 0; level < shorter; level++) {
            if (one[level].equals("#") || other[level].equals("#")) {
                return true;
            }
            boolean any = one[level].equals("+") || other[level].equals("+");
            if (!any && !one[level].equals(other[level])) {
                return false;
            }
        }
        return one.length == other.length || (one.length > other.length ? one[shorter] : other[shorter]).equals("#");
    }
}
