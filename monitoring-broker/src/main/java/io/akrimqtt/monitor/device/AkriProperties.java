package io.akrimqtt.monitor.device;

import io.akrimqtt.serving.Environment;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device's properties among the environment variables. Akri gives each as {@code KEY} and as {@code KEY_<HASH>}, where the
 * hash is the end of the Instance's name; a plain key wins, so that a pod template can override it.
 */
final class AkriProperties {

    static final String DEVICE_ID = "MQTT_DEVICE_ID";
    static final String DEVICE_NAME = "MQTT_DEVICE_NAME";
    static final String SERVER_URLS = "MQTT_SERVER_URLS";
    static final String TOPICS = "MQTT_TOPICS";
    static final String COMMAND_TOPIC = "MQTT_COMMAND_TOPIC";
    static final String RESPONSE_TOPIC = "MQTT_RESPONSE_TOPIC";
    static final String COMMAND_WAY = "MQTT_COMMAND_WAY";
    static final String MEMBERS = "MQTT_MEMBERS";
    static final String MEMBER_COMMAND_TOPIC = "MQTT_MEMBER_COMMAND_TOPIC";
    static final String MEMBER_RESPONSE_TOPIC = "MQTT_MEMBER_RESPONSE_TOPIC";

    private static final Set<String> KEYS = Set.of(
            DEVICE_ID,
            DEVICE_NAME,
            SERVER_URLS,
            TOPICS,
            COMMAND_TOPIC,
            RESPONSE_TOPIC,
            COMMAND_WAY,
            MEMBERS,
            MEMBER_COMMAND_TOPIC,
            MEMBER_RESPONSE_TOPIC,
            "MQTT_STATUS_TOPIC",
            "MQTT_CONVENTION",
            "MQTT_MANUFACTURER",
            "MQTT_MODEL",
            "MQTT_REPORTED_BY");
    private static final String LEVEL = "MQTT_LEVEL_";
    private static final Pattern HASHED = Pattern.compile("(.+)_([0-9A-F]{6})");

    private AkriProperties() {}

    /**
     * The properties by their plain names, those that have a value.
     *
     * @param variables all environment variables
     * @param problems gets what is contradictory, which a pod with several devices makes
     */
    static Map<String, String> of(Map<String, String> variables, Environment problems) {
        var hashed = hashed(variables);
        var properties = new TreeMap<String, String>();
        hashed.forEach((key, byHash) -> {
            boolean differ = byHash.values().stream().distinct().count() > 1;
            if (differ && (key.equals(DEVICE_ID) || !variables.containsKey(key))) {
                var found = "differs between this pod's devices " + String.join(", ", byHash.keySet());
                problems.problem(key, found, "one device per pod");
            }
            properties.put(key, byHash.firstEntry().getValue());
        });
        variables.forEach((name, value) -> {
            if (known(name) && !isHashed(name, hashed)) {
                properties.put(name, value);
            }
        });
        properties.values().removeIf(String::isBlank);
        return properties;
    }

    /** Values by plain key, then by hash. */
    private static Map<String, NavigableMap<String, String>> hashed(Map<String, String> variables) {
        var hashes = hashes(variables);
        var found = new TreeMap<String, NavigableMap<String, String>>();
        variables.forEach((name, value) -> {
            var match = match(name);
            if (match.matches() && known(match.group(1)) && hashes.contains(match.group(2))) {
                found.computeIfAbsent(match.group(1), _ -> new TreeMap<>()).put(match.group(2), value);
            }
        });
        return found;
    }

    /** The hashes in use. A level's name may look like a key with a hash; those of the fixed keys are certain. */
    private static Set<String> hashes(Map<String, String> variables) {
        var hashes = new TreeSet<String>();
        for (var name : variables.keySet()) {
            var match = match(name);
            if (match.matches() && KEYS.contains(match.group(1))) {
                hashes.add(match.group(2));
            }
        }
        return hashes;
    }

    private static boolean known(String key) {
        return KEYS.contains(key) || key.startsWith(LEVEL);
    }

    private static boolean isHashed(String name, Map<String, NavigableMap<String, String>> hashed) {
        var match = match(name);
        return match.matches()
                && hashed.getOrDefault(match.group(1), new TreeMap<>()).containsKey(match.group(2));
    }

    private static Matcher match(String name) {
        return HASHED.matcher(name);
    }
}
