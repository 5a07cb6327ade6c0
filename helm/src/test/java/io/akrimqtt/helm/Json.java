package io.akrimqtt.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects of Kubernetes as plain maps; each change makes another one. */
final class Json {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private Json() {}

    static Map<String, Object> yaml(String text) {
        try {
            return YAML.readValue(text, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** With a value at that path; what is missing on the way is made. */
    static Map<String, Object> with(Map<String, Object> object, Object value, String... path) {
        return with(object, value, List.of(path));
    }

    /** Without what is at that path. */
    static Map<String, Object> without(Map<String, Object> object, String... path) {
        return without(object, List.of(path));
    }

    private static Map<String, Object> with(Map<String, Object> object, Object value, List<String> path) {
        var copy = new LinkedHashMap<>(object);
        var rest = path.subList(1, path.size());
        copy.put(path.getFirst(), rest.isEmpty() ? value : with(child(object, path.getFirst()), value, rest));
        return copy;
    }

    private static Map<String, Object> without(Map<String, Object> object, List<String> path) {
        var copy = new LinkedHashMap<>(object);
        if (path.size() == 1) {
            copy.remove(path.getFirst());
        } else {
            copy.put(path.getFirst(), without(child(object, path.getFirst()), path.subList(1, path.size())));
        }
        return copy;
    }

    @SuppressWarnings("unchecked") // JSON has no other keys than strings
    private static Map<String, Object> child(Map<String, Object> object, String key) {
        return (Map<String, Object>) object.getOrDefault(key, Map.of());
    }
}
