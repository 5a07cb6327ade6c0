package io.akrimqtt.helm.manifest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.akrimqtt.helm.Chart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One object as it was rendered, unread. */
record Manifest(JsonNode tree) {

    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** All objects of a chart, in its order. */
    static List<Manifest> all(Chart chart) {
        return all(chart.text());
    }

    /** All objects of a file. */
    static List<Manifest> all(String text) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            var found = new ArrayList<Manifest>();
            values.forEachRemaining(each -> {
                if (each.isObject()) {
                    found.add(new Manifest(each));
                }
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only object of a kind. */
    static Manifest only(Chart chart, String kind) {
        var found = all(chart).stream().filter(each -> each.kind().equals(kind)).toList();
        if (found.size() != 1) {
            throw new AssertionError(kind + ": " + found.size() + " of them (expected: one)");
        }
        return found.getFirst();
    }

    String kind() {
        return tree.path("kind").asText();
    }

    String name() {
        return tree.at("/metadata/name").asText();
    }

    /** Kind and name. */
    String id() {
        return kind() + " " + name();
    }

    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    String text(String pointer) {
        return tree.at(pointer).asText();
    }

    /** The texts of a list; empty where there is none. */
    List<String> texts(String pointer) {
        return StreamSupport.stream(tree.at(pointer).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    Map<String, Object> asMap() {
        return YAML.convertValue(tree, new TypeReference<Map<String, Object>>() {});
    }

    static <T> T read(String yaml, TypeReference<T> type) {
        try {
            return YAML.readValue(yaml, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
