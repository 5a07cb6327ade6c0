package io.akrimqtt.presence.convention;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter that tells which of its levels is the device. Immutable.
 *
 * <p>The device level is the one marked {@code {device}}; else the first {@code +} as written; else, if the filter ends in {@code /#}, the
 * level before {@code #}; else the last but one level, or the only one. Levels written {@code {name}} are sent as {@code +} and
 * captured; literal braces are written {@code {{} and {@code }}}.
 */
public final class DeviceFilter {

    private static final String DEVICE = "device";

    /** How much of a bad filter is quoted in an error. */
    private static final int QUOTED = 120;

    private final String text;
    private final TopicFilter filter;
    private final int deviceLevel;
    private final Map<Integer, String> names;

    private DeviceFilter(String text, TopicFilter filter, int deviceLevel, Map<Integer, String> names) {
        this.text = text;
        this.filter = filter;
        this.deviceLevel = deviceLevel;
        this.names = names;
    }

    /** What is wrong with a text as a device filter and how to mend it, or empty where nothing is. */
    public static Optional<String> problem(String text) {
        return read(text) instanceof Refused(var problem) ? Optional.of(problem) : Optional.empty();
    }

    /**
     * Reads a filter as people write it in {@code topics}.
     *
     * @throws IllegalArgumentException where {@link #problem} tells something
     */
    public static DeviceFilter parse(String text) {
        return switch (read(text)) {
            case Read(var filter) -> filter;
            case Refused(var problem) -> throw new IllegalArgumentException("topics: '" + cut(text) + "' " + problem);
        };
    }

    private static String cut(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
    }

    private sealed interface Reading {}

    private record Read(DeviceFilter filter) implements Reading {}

    private record Refused(String problem) implements Reading {}

    private static Reading read(String text) {
        if (text.isEmpty()) {
            return new Refused("is empty (expected: a topic filter such as robots/+/joints)");
        }
        var levels = new ArrayList<String>();
        var names = new TreeMap<Integer, String>();
        for (var level : text.split("/", -1)) {
            @Nullable String name = nameOf(level);
            if (name == null) {
                var literal = literal(level);
                if (literal.isEmpty()) {
                    return new Refused("has a brace inside a level (expected: {name} as a whole level, or {{ and }})");
                }
                levels.add(literal.get());
                continue;
            }
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                return new Refused("names a level '{" + name + "}' (expected: letters, digits and _)");
            }
            if (names.containsValue(name)) {
                return new Refused("names two levels '{" + name + "}' (expected: each name once)");
            }
            names.put(levels.size(), name);
            levels.add("+");
        }
        return checked(text, levels, names);
    }

    private static Reading checked(String text, List<String> levels, Map<Integer, String> names) {
        var joined = String.join("/", levels);
        var problem = TopicFilter.problem(joined);
        if (problem.isPresent()) {
            return new Refused(problem.get());
        }
        if (joined.equals("#")) {
            return new Refused("matches everything and names no device level (expected: for example +/#)");
        }
        if (joined.startsWith("$share/")) {
            return new Refused("is a shared subscription, which loses order and retained messages (expected: "
                    + TopicFilter.of(joined).matched() + ")");
        }
        int device = deviceLevel(levels, names);
        if (levels.get(device).isEmpty()) {
            return new Refused("has an empty device level (expected: text or + as level " + device + ")");
        }
        return new Read(new DeviceFilter(text, TopicFilter.of(joined), device, names));
    }

    private static @Nullable String nameOf(String level) {
        boolean braces = level.length() > 2 && level.startsWith("{") && level.endsWith("}");
        return braces && !level.startsWith("{{") ? level.substring(1, level.length() - 1) : null;
    }

    /** A level with doubled braces made single, or empty where one is not doubled. */
    private static Optional<String> literal(String level) {
        var text = new StringBuilder();
        for (int i = 0; i < level.length(); i++) {
            char c = level.charAt(i);
            if (c == '{' || c == '}') {
                i++;
                if (i == level.length() || level.charAt(i) != c) {
                    return Optional.empty();
                }
            }
            text.append(c);
        }
        return Optional.of(text.toString());
    }

    /** A level with a name is a property of the device, not the device, as long as a plain {@code +} is there. */
    private static int deviceLevel(List<String> levels, Map<Integer, String> names) {
        for (var named : names.entrySet()) {
            if (named.getValue().equals(DEVICE)) {
                return named.getKey();
            }
        }
        for (int level = 0; level < levels.size(); level++) {
            if (levels.get(level).equals("+") && !names.containsKey(level)) {
                return level;
            }
        }
        return Math.max(0, levels.size() - 2);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** What is sent to the MQTT server. */
    public TopicFilter filter() {
        return filter;
    }

    /**
     * The device that a topic belongs to; empty where the filter does not match, or the device's level is empty (never an
     * error: others share the server). Named levels behind the device's are no property of it.
     */
    public Optional<DeviceIdentity> identify(TopicName topic) {
        if (!filter.matches(topic)) {
            return Optional.empty();
        }
        var value = topic.value();
        Map<String, String> levels = Map.of();
        int from = 0;
        for (int level = 0; level < deviceLevel; level++) {
            int slash = value.indexOf('/', from);
            @Nullable String name = names.get(level);
            if (name != null) {
                levels = levels.isEmpty() ? new TreeMap<>() : levels;
                levels.put(name, value.substring(from, slash));
            }
            from = slash + 1;
        }
        int slash = value.indexOf('/', from);
        int end = slash < 0 ? value.length() : slash;
        return from == end
                ? Optional.empty()
                : Optional.of(new DeviceIdentity(value.substring(0, end), value.substring(from, end), levels));
    }

    /** The filter with a device's id in place of its first levels: what the device's telemetry comes through. */
    public String filterFor(String id) {
        var levels = filter.value().split("/", -1);
        var rest = new StringBuilder(id);
        for (int level = deviceLevel + 1; level < levels.length; level++) {
            rest.append('/').append(levels[level]);
        }
        return rest.toString();
    }

    /** The filter of the devices themselves: its levels up to and including the device's. */
    public DeviceFilter devices() {
        return below("");
    }

    /** The same devices by other topics of theirs: what follows the device level is replaced, wildcards allowed. */
    DeviceFilter below(String rest) {
        var levels = List.of(filter.value().split("/", -1)).subList(0, deviceLevel + 1);
        var joined = String.join("/", levels) + (rest.isEmpty() ? "" : "/" + rest);
        return new DeviceFilter(joined, TopicFilter.of(joined), deviceLevel, names);
    }

    /**
     * The id of the device with a name, where the levels before it are known.
     *
     * @param captured values of named levels
     * @return empty where a level before the device's is open and has no value
     */
    Optional<String> idOf(String name, Map<String, String> captured) {
        var levels = filter.value().split("/", -1);
        var id = new StringBuilder();
        for (int level = 0; level < deviceLevel; level++) {
            @Nullable
            String text = levels[level].equals("+") ? captured.get(names.getOrDefault(level, "")) : levels[level];
            if (text == null) {
                return Optional.empty();
            }
            id.append(text).append('/');
        }
        return Optional.of(id.append(name).toString());
    }

    /** The names of the levels. */
    Set<String> names() {
        return Set.copyOf(names.values());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeviceFilter that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
