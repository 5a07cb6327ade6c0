package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.DeviceIdentity;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One topic filter, seen from a level above its device.
 *
 * @param level the level's name
 * @param devices the filter up to its device
 * @param groups the filter up to the level
 * @param below what of the filter follows the level, with its slash
 * @param member what of the filter follows the level up to the device, with its slash
 */
record GroupTopics(String level, DeviceFilter devices, DeviceFilter groups, String below, String member) {

    /** @param level a level of the filter above its device */
    static GroupTopics of(String level, DeviceFilter filter) {
        int at = index(level, filter);
        // A filter of its own, whose device is the group: it captures the levels above.
        var groups = String.join("/", levels(filter.text()).subList(0, at));
        var sent = levels(filter.filter().value());
        return new GroupTopics(
                level,
                filter.devices(),
                DeviceFilter.parse(groups.isEmpty() && at == 0 ? "{device}" : groups + "/{device}"),
                "/" + String.join("/", sent.subList(at + 1, sent.size())),
                "/" + String.join("/", sent.subList(at + 1, deviceLevel(filter) + 1)));
    }

    /** The place of a named level in a filter, or -1. */
    static int index(String level, DeviceFilter filter) {
        return levels(filter.text()).indexOf("{" + level + "}");
    }

    /** The place of the device level in a filter. */
    static int deviceLevel(DeviceFilter filter) {
        return levels(filter.devices().filter().value()).size() - 1;
    }

    /** The levels of a filter that have names and stand above its device. */
    static List<String> namesAbove(DeviceFilter filter) {
        return levels(filter.text()).subList(0, deviceLevel(filter)).stream()
                .filter(text -> text.matches("\\{[A-Za-z_][A-Za-z0-9_]*}"))
                .map(text -> text.substring(1, text.length() - 1))
                .toList();
    }

    private static List<String> levels(String text) {
        return List.of(text.split("/", -1));
    }

    /** The group of one of this filter's devices; empty where the topic is none's, or the level is empty. */
    Optional<String> groupOf(TopicName device) {
        return devices.identify(device)
                .map(_ -> cut(device.value()))
                .filter(group -> groups.identify(TopicName.of(group)).isPresent());
    }

    /** A topic up to the level. */
    private String cut(String device) {
        int end = -1;
        for (int level = levels(groups.filter().value()).size(); level > 0; level--) {
            end = device.indexOf('/', end + 1);
        }
        return device.substring(0, end);
    }

    /** What is known of a group by its topic. */
    Optional<DeviceIdentity> identity(TopicName group) {
        return groups.identify(group).map(found -> {
            var named = new TreeMap<>(found.levels());
            named.put(level, found.name());
            return new DeviceIdentity(found.id(), found.name(), named);
        });
    }

    String filterFor(String group) {
        return group + below;
    }

    String membersFor(String group) {
        return group + member;
    }
}
