package io.akrimqtt.handler.kubernetes;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with its place, read without trust: what is missing is empty, what is of another form is told.
 *
 * @param path for messages, for example {@code spec.discoveryHandler}
 */
record ObjectFields(String path, Map<?, ?> values) {

    /** A whole object; what is below its metadata. */
    static ObjectFields of(Map<String, Object> values) {
        return new ObjectFields("", values);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The object below a key; empty where there is none. */
    ObjectFields object(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return new ObjectFields(at(key), Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new ObjectFields(at(key), map);
        }
        throw new MalformedObject(at(key), value, "an object");
    }

    /** A text; empty where there is none. */
    String text(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw new MalformedObject(at(key), value, "a text");
    }

    /** A whole number that is not negative; {@code otherwise} where there is none. */
    int count(String key, int otherwise) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        boolean whole = value instanceof Integer || value instanceof Long || value instanceof BigInteger;
        if (whole && value instanceof Number number && number.longValue() >= 0 && number.longValue() <= 1_000_000) {
            return number.intValue();
        }
        throw new MalformedObject(at(key), value, "a whole number from 0 to 1000000");
    }

    /** A truth; false where there is none. */
    boolean flag(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new MalformedObject(at(key), value, "true or false");
    }

    /** The values below a key; empty where there are none. */
    List<?> list(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new MalformedObject(at(key), value, "a list");
    }

    /** The objects of a list below a key. */
    List<ObjectFields> objects(String key) {
        var objects = new ArrayList<ObjectFields>();
        for (@Nullable Object each : list(key)) {
            if (!(each instanceof Map<?, ?> map)) {
                throw new MalformedObject(at(key), String.valueOf(each), "a list of objects");
            }
            objects.add(new ObjectFields(at(key) + "[]", map));
        }
        return objects;
    }

    /** The texts of a list below a key. */
    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (@Nullable Object each : list(key)) {
            if (!(each instanceof String text)) {
                throw new MalformedObject(at(key), String.valueOf(each), "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The texts of an object below a key, by their names. */
    Map<String, String> map(String key) {
        var map = new LinkedHashMap<String, String>();
        object(key).values().forEach((name, value) -> {
            if (!(name instanceof String text) || !(value instanceof String content)) {
                throw new MalformedObject(at(key) + "." + name, String.valueOf(value), "a text");
            }
            map.put(text, content);
        });
        return map;
    }
}
