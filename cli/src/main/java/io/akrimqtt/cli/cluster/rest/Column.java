package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One column of a table.
 *
 * @param wide whether it is shown with {@code -o wide} only
 */
record Column(String name, String type, String format, boolean wide, Cell cell) {

    /** What it shows of an object. */
    @FunctionalInterface
    interface Cell {
        JsonNode of(JsonNode object, Instant now);
    }

    /** The column that every table begins with. */
    static Column named() {
        return new Column("Name", "string", "name", false, (object, _) -> object.at("/metadata/name"));
    }

    static Column text(String name, Cell cell) {
        return new Column(name, "string", "", false, cell);
    }

    /** Text at a place; JSON where it is a list, as in columns of CRDs; nothing where there is none. */
    static Column at(String name, String pointer) {
        return text(name, (object, _) -> {
            var value = object.at(pointer);
            if (value.isMissingNode()) {
                return JsonNodeFactory.instance.nullNode();
            }
            return JsonNodeFactory.instance.textNode(value.isValueNode() ? value.asText() : value.toString());
        });
    }

    /** How long ago a timestamp was. */
    static Column age(String name, String pointer) {
        return text(
                name,
                (object, now) -> JsonNodeFactory.instance.textNode(
                        Age.since(object.at(pointer).asText(), now)));
    }

    Column onlyWide() {
        return new Column(name, type, format, true, cell);
    }

    ObjectNode definition() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", "")
                .put("priority", wide ? 1 : 0);
    }
}
