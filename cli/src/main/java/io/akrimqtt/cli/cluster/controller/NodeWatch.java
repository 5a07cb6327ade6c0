package io.akrimqtt.cli.cluster.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import java.util.HashMap;
import java.util.Map;

/** Which nodes were lost: a node is cleaned up after once when it stops being Ready, unless it was never seen Ready. Confined. */
final class NodeWatch {

    private enum State {
        KNOWN,
        RUNNING,
        CLEANED
    }

    private final Map<String, State> states = new HashMap<>();

    /** Says whether the node's Instances are to be cleaned now. */
    boolean lost(Change change, JsonNode node) {
        var name = node.path("metadata").path("name").asText();
        boolean ready = change != Change.DELETED && ready(node);
        if (ready) {
            states.put(name, State.RUNNING);
            return false;
        }
        if (change == Change.ADDED) {
            states.put(name, State.KNOWN);
            return false;
        }
        // One that the controller has not met counts as having run.
        return states.getOrDefault(name, State.RUNNING) == State.RUNNING;
    }

    void cleaned(JsonNode node) {
        states.put(node.path("metadata").path("name").asText(), State.CLEANED);
    }

    private static boolean ready(JsonNode node) {
        for (var condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** The merge patch that takes a lost node off an Instance and blanks its slots; it is made even where it changes nothing. */
    static ObjectNode patch(JsonNode instance, String lost) {
        var spec = JsonNodeFactory.instance.objectNode();
        var nodes = spec.putArray("nodes");
        instance.path("spec").path("nodes").forEach(node -> {
            if (!node.asText().equals(lost)) {
                nodes.add(node.asText());
            }
        });
        var usage = spec.putObject("deviceUsage");
        instance.path("spec")
                .path("deviceUsage")
                .properties()
                .forEach(slot -> usage.put(
                        slot.getKey(),
                        slot.getValue().asText().equals(lost)
                                ? ""
                                : slot.getValue().asText()));
        var patch = JsonNodeFactory.instance.objectNode();
        patch.set("spec", spec);
        return patch;
    }
}
