package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.CommandTopics;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.serving.CommaList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a device's workload gets as environment variables: a pure function of the device's id and the details, since a changed
 * property never reaches a pod and, where several nodes report a device, stops its whole Configuration for ever. No secrets, no
 * state, nothing that one node knows and another does not.
 */
public final class DeviceProperties {

    /** The largest value in bytes of UTF-8. */
    static final int MAX_BYTES = 1024;

    /** What may be left out; named levels are told where they are named. */
    private static final Map<String, Set<String>> GROUPS = Map.of(
            "name", Set.of("MQTT_DEVICE_NAME"),
            "server", Set.of("MQTT_SERVER_URLS"),
            "topics", Set.of("MQTT_TOPICS", "MQTT_STATUS_TOPIC", "MQTT_MEMBERS"),
            "command", Set.of("MQTT_COMMAND_TOPIC", "MQTT_MEMBER_COMMAND_TOPIC", "MQTT_COMMAND_WAY"),
            "response", Set.of("MQTT_RESPONSE_TOPIC", "MQTT_MEMBER_RESPONSE_TOPIC"),
            "convention", Set.of("MQTT_CONVENTION"));

    private static final String DEVICE = "{device}";

    private DeviceProperties() {}

    /**
     * The properties in the order of their names, which are C identifiers.
     *
     * @param device a group where the details have one: nothing is told of who is in it now
     */
    public static SortedMap<String, String> of(DiscoveryDetails details, TrackedDevice device) {
        var properties = new TreeMap<String, String>();
        var told = details.publication();
        var place = details.place(device.id());
        new TreeMap<>(device.levels())
                .forEach((level, value) -> put(properties, "MQTT_LEVEL_" + level.toUpperCase(Locale.ROOT), value));
        put(properties, "MQTT_REPORTED_BY", "akri-mqtt");
        put(properties, "MQTT_DEVICE_ID", device.id());
        put(properties, "MQTT_DEVICE_NAME", device.name());
        put(properties, "MQTT_CONVENTION", "topics");
        put(properties, "MQTT_TOPICS", topics(device, place.topic()));
        put(
                properties,
                "MQTT_SERVER_URLS",
                list(place.urls().stream().map(Object::toString).toList()));
        details.grouping()
                .ifPresentOrElse(
                        level -> members(details, level.members(device.id()), properties),
                        () -> ofDevice(details, place.topic(), properties));
        GROUPS.forEach((group, names) -> {
            if (!told.has(group)) {
                properties.keySet().removeAll(names);
            }
        });
        return properties;
    }

    private static void ofDevice(DiscoveryDetails details, String topic, SortedMap<String, String> properties) {
        @Nullable CommandTopics commands = details.commands();
        if (commands != null) {
            putWhole(properties, "MQTT_COMMAND_TOPIC", filled(commands.topic(), topic));
            way(commands, properties);
            @Nullable String response = commands.response();
            if (response != null) {
                putWhole(properties, "MQTT_RESPONSE_TOPIC", filled(response, topic));
            }
        }
        statusTopic(details.status(), topic, properties);
    }

    /** A group takes no commands, its members do: which of them a command is for, only its sender knows. */
    private static void members(DiscoveryDetails details, List<String> topics, SortedMap<String, String> properties) {
        putWhole(properties, "MQTT_MEMBERS", CommaList.join(topics));
        @Nullable CommandTopics commands = details.commands();
        if (commands != null) {
            putWhole(properties, "MQTT_MEMBER_COMMAND_TOPIC", commands.topic());
            way(commands, properties);
            @Nullable String response = commands.response();
            if (response != null) {
                putWhole(properties, "MQTT_MEMBER_RESPONSE_TOPIC", response);
            }
        }
    }

    /** The usual way is not told: Instances that were made before there were others keep their properties. */
    private static void way(CommandTopics commands, SortedMap<String, String> properties) {
        if (commands.way() != WayOfAsking.TOPICS) {
            put(properties, "MQTT_COMMAND_WAY", commands.way().word());
        }
    }

    /** Braces in the device's id are doubled, so that nobody takes them for placeholders. */
    private static String filled(String template, String device) {
        return TopicTemplate.of(template).fill("device", TopicName.of(device)).toString();
    }

    /** The first status topic below the device that is written in the details; the default idiom names none for sure. */
    private static void statusTopic(List<StatusTopic> status, String id, SortedMap<String, String> properties) {
        if (status.equals(StatusTopic.DEFAULTS)) {
            return;
        }
        status.stream()
                .map(StatusTopic::topic)
                .filter(topic -> topic.startsWith(DEVICE + "/"))
                .findFirst()
                .ifPresent(topic -> putWhole(properties, "MQTT_STATUS_TOPIC", topic.replace(DEVICE, id)));
    }

    /** The device's filters; where they do not fit, the one that covers them all. */
    private static String topics(TrackedDevice device, String topic) {
        var filters = CommaList.join(device.filters());
        return bytes(filters) <= MAX_BYTES ? filters : CommaList.join(List.of(topic + "/#"));
    }

    /** As many items as fit, from the first. */
    private static String list(List<String> items) {
        var kept = new ArrayList<String>();
        int bytes = 0;
        for (var item : items) {
            bytes += bytes(CommaList.join(List.of(clean(item)))) + (kept.isEmpty() ? 0 : 1);
            if (bytes > MAX_BYTES) {
                break;
            }
            kept.add(clean(item));
        }
        return CommaList.join(kept);
    }

    /** A topic that is cut is another topic: one that does not fit is left out. */
    private static void putWhole(SortedMap<String, String> properties, String name, String value) {
        if (bytes(value) <= MAX_BYTES) {
            put(properties, name, value);
        }
    }

    private static void put(SortedMap<String, String> properties, String name, String value) {
        properties.put(name, cut(clean(value)));
    }

    /** Without control characters, line ends and U+0000 among them. */
    private static String clean(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? text
                : text.codePoints()
                        .filter(c -> !Character.isISOControl(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static String cut(String text) {
        if (bytes(text) <= MAX_BYTES) {
            return text;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            bytes += bytes(text.substring(end, next));
            if (bytes > MAX_BYTES) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
