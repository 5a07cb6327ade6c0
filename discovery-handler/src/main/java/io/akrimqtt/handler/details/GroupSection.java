package io.akrimqtt.handler.details;

import io.akrimqtt.presence.convention.DeviceFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The key {@code group}. */
final class GroupSection {

    private static final String NAME = "the name of a level above the device, such as line for {line}";

    private GroupSection() {}

    /**
     * Reads {@code group}.
     *
     * @param topics those that are filters
     * @return empty, with a problem, for a name that is not a level above the device in each of them
     */
    static Optional<String> read(Located value, List<DeviceFilter> topics, Problems problems) {
        var text = Fields.text(value, NAME, problems);
        if (text.isEmpty() || topics.isEmpty()) {
            return Optional.empty();
        }
        var level = text.get();
        var wrong = topics.stream()
                .filter(filter -> !GroupTopics.namesAbove(filter).contains(level))
                .findFirst();
        if (wrong.isEmpty()) {
            return text;
        }
        problems.at(value.node(), value.path(), problem(value, level, wrong.get(), topics), expected(level, topics));
        return Optional.empty();
    }

    private static String problem(Located value, String level, DeviceFilter wrong, List<DeviceFilter> topics) {
        var found = value.found();
        int at = GroupTopics.index(level, wrong);
        if (at == GroupTopics.deviceLevel(wrong)) {
            return found + ", the device's own level in '" + wrong + "'";
        }
        if (at >= 0) {
            return found + ", a level below the device in '" + wrong + "'";
        }
        boolean some = topics.stream().anyMatch(filter -> GroupTopics.index(level, filter) >= 0);
        return found
                + (some ? ", which '" + wrong + "' does not have" : ", a level of no filter" + meant(level, topics));
    }

    private static String meant(String level, List<DeviceFilter> topics) {
        return names(topics).stream()
                .filter(name -> Keys.distance(level, name) <= Math.max(name.length() > 3 ? 2 : 1, name.length() / 3))
                .min(Comparator.comparingInt(name -> Keys.distance(level, name)))
                .map(name -> ", did you mean " + name + "?")
                .orElse("");
    }

    private static String expected(String level, List<DeviceFilter> topics) {
        boolean some = topics.stream()
                .anyMatch(filter -> GroupTopics.namesAbove(filter).contains(level));
        if (some) {
            return "a level {" + level + "} above the device in each of topics";
        }
        var names = names(topics);
        return names.isEmpty() ? NAME : "a level above the device in each of topics: " + String.join(" or ", names);
    }

    /** Those that each filter has. */
    private static Set<String> names(List<DeviceFilter> topics) {
        var names = new TreeSet<>(GroupTopics.namesAbove(topics.getFirst()));
        topics.forEach(filter -> names.retainAll(GroupTopics.namesAbove(filter)));
        return names;
    }
}
