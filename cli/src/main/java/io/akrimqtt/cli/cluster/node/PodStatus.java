package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.akrimqtt.cli.cluster.Caller;

/** Parts of the status that a kubelet writes into a pod. */
public final class PodStatus {

    private PodStatus() {}

    /** The kubelet of a node. */
    public static Caller kubelet(String node) {
        return new Caller("system:node:" + node, node, "kubelet", false);
    }

    /** {@code containerStatuses}: each of the pod's containers, all alike. */
    public static ArrayNode containers(JsonNode pod, boolean ready, int restarts) {
        var statuses = JsonNodeFactory.instance.arrayNode();
        for (var container : pod.path("spec").path("containers")) {
            statuses.addObject()
                    .put("name", container.path("name").asText())
                    .put("image", container.path("image").asText())
                    .put("ready", ready)
                    .put("restartCount", restarts);
        }
        return statuses;
    }

    /** {@code conditions} that say whether a pod is ready. */
    public static ArrayNode conditions(boolean ready) {
        var conditions = JsonNodeFactory.instance.arrayNode();
        conditions.addObject().put("type", "Ready").put("status", ready ? "True" : "False");
        return conditions;
    }
}
