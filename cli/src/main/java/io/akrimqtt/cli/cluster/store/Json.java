package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the rules need of JSON. */
final class Json {

    private Json() {}

    /** Whether two values are equal, numbers by value whatever their Java type. */
    static boolean same(JsonNode a, JsonNode b) {
        return a.equals(Json::order, b);
    }

    private static int order(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    }

    /** Merges a patch into an object as RFC 7386 says. */
    static void mergePatch(ObjectNode target, ObjectNode patch) {
        for (var field : patch.properties()) {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner) {
                var into = target.get(field.getKey()) instanceof ObjectNode there
                        ? there
                        : target.putObject(field.getKey());
                mergePatch(into, inner);
            } else {
                target.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }
}
