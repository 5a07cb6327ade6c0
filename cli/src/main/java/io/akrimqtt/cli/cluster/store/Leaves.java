package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes an object apart into the fields that can be owned; the fields that only the API server writes are not among them. */
final class Leaves {

    private final Resource resource;
    private final SortedMap<FieldPath, JsonNode> found = new TreeMap<>();

    private Leaves(Resource resource) {
        this.resource = resource;
    }

    /** Each field that can be owned and its value; an empty map or list stands for itself. */
    static SortedMap<FieldPath, JsonNode> of(Resource resource, ObjectNode object) {
        var leaves = new Leaves(resource);
        var owned = object.deepCopy();
        ObjectMeta.strip(owned);
        for (var field : owned.properties()) {
            leaves.add(FieldPath.ROOT.field(field.getKey()), field.getValue());
        }
        return leaves.found;
    }

    private void add(FieldPath path, JsonNode value) {
        if (value instanceof ObjectNode map && !map.isEmpty()) {
            map.properties().forEach(field -> add(path.field(field.getKey()), field.getValue()));
        } else if (value instanceof ArrayNode list && !list.isEmpty()) {
            addList(path, list);
        } else if (!value.isNull()) {
            found.put(path, value);
        }
    }

    private void addList(FieldPath path, ArrayNode list) {
        switch (ListKind.at(resource, path)) {
            case ATOMIC -> found.put(path, list);
            case SET -> list.forEach(member -> found.put(path.member(member), member));
            case BY_UID ->
                list.forEach(member -> found.put(path.owner(member.path("uid").asText()), member));
        }
    }
}
