package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource as it is served. Events are served twice, as in Kubernetes: in their own group and, under other field names, in the core
 * group.
 *
 * @param inCore Events of the core group
 */
record Served(Resource resource, boolean inCore) {

    /** Fields of Events in their own group, and what they are called in the core group. */
    private static final Map<String, String> IN_CORE = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "deprecatedFirstTimestamp", "firstTimestamp",
            "deprecatedLastTimestamp", "lastTimestamp",
            "deprecatedCount", "count",
            "deprecatedSource", "source");

    /** All that are served. */
    static List<Served> all() {
        var all = new ArrayList<>(
                Arrays.stream(Resource.values()).map(r -> new Served(r, false)).toList());
        all.add(new Served(Resource.EVENT, true));
        return all;
    }

    String group() {
        return inCore ? "" : resource.group();
    }

    String apiVersion() {
        return inCore ? "v1" : resource.apiVersion();
    }

    /** Whether pods' and nodes' way of writing their status apart is theirs. */
    boolean hasStatus() {
        return switch (resource) {
            case POD, NODE -> true;
            case CONFIGURATION, INSTANCE, EVENT, ENDPOINT_SLICE -> false;
        };
    }

    /** As the client knows it; the object may be changed. */
    ObjectNode toClient(ObjectNode object) {
        return inCore ? renamed(object, IN_CORE, apiVersion()) : object;
    }

    /** As the store knows it; the object may be changed. */
    ObjectNode toStore(ObjectNode object) {
        if (!inCore) {
            return object;
        }
        var back = new HashMap<String, String>();
        IN_CORE.forEach((own, core) -> back.put(core, own));
        return renamed(object, back, resource.apiVersion());
    }

    private static ObjectNode renamed(ObjectNode object, Map<String, String> names, String apiVersion) {
        var result = object.objectNode();
        object.properties()
                .forEach(field -> result.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        JsonNode said = result.get("apiVersion");
        if (said != null) {
            result.put("apiVersion", apiVersion);
        }
        return result;
    }
}
