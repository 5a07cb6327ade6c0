package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Removes fields, and the maps and lists that become empty by it and that nobody wants. */
record Prune(Predicate<FieldPath> wanted) {

    void remove(ObjectNode root, FieldPath path) {
        var parent = at(root, path.parent());
        if (parent == null) {
            return;
        }
        var last = path.last();
        if (parent instanceof ObjectNode map) {
            var name = last.substring(2);
            if (map.path(name).isContainerNode() && !map.path(name).isEmpty() && wanted.test(path)) {
                return;
            }
            map.remove(name);
        } else if (parent instanceof ArrayNode list) {
            removeMember(list, last);
        }
        var above = path.parent();
        if (above.steps().size() > 1 && parent.isEmpty() && !wanted.test(above)) {
            remove(root, above);
        }
    }

    private static void removeMember(ArrayNode list, String step) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (is(list.get(i), step)) {
                list.remove(i);
            }
        }
    }

    private static boolean is(JsonNode member, String step) {
        return step.equals("v:" + member)
                || step.equals(
                        "k:{\"uid\":" + TextNode.valueOf(member.path("uid").asText()) + "}");
    }

    /** Paths to the parents of fields lead through maps only. */
    private static @Nullable JsonNode at(ObjectNode root, FieldPath path) {
        JsonNode node = root;
        for (var step : path.steps()) {
            node = node.get(step.substring(2));
            if (node == null) {
                return null;
            }
        }
        return node;
    }
}
