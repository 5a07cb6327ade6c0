package io.akrimqtt.cli.cluster.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What keeps a cluster from being at rest, in words; nothing is said of pods on nodes that are not Ready. */
final class Unrest {

    private final Set<String> ready = new HashSet<>();
    private final Map<String, Set<String>> running = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    private Unrest() {}

    static List<String> of(ObjectStore store) {
        var unrest = new Unrest();
        store.list(Resource.NODE, "").items().stream()
                .filter(Unrest::ready)
                .forEach(node -> unrest.ready.add(Pods.name(node)));
        store.list(Resource.POD, "").items().forEach(unrest::pod);
        store.list(Resource.INSTANCE, "").items().forEach(unrest::instance);
        return List.copyOf(unrest.found);
    }

    private static boolean ready(ObjectNode node) {
        return node.path("status")
                .path("conditions")
                .path(0)
                .path("status")
                .asText()
                .equals("True");
    }

    private void pod(ObjectNode pod) {
        var node = Pods.label(pod, Pods.NODE);
        if (!ready.contains(node)) {
            return;
        }
        if (Pods.terminating(pod)) {
            found.add("pod " + Pods.name(pod) + " is Terminating");
        } else if (Pods.phase(pod).equals("Running")) {
            running.computeIfAbsent(Pods.label(pod, Pods.INSTANCE), _ -> new HashSet<>())
                    .add(node);
        } else {
            found.add("pod " + Pods.name(pod) + " is " + Pods.phase(pod));
        }
    }

    private void instance(ObjectNode instance) {
        var name = Pods.name(instance);
        var nodes = instance.path("spec").path("nodes");
        if (instance.path("metadata").hasNonNull("deletionTimestamp")) {
            found.add("Instance " + name + " is Terminating");
        } else if (nodes.isEmpty()) {
            found.add("Instance " + name + " has no node");
        } else {
            nodes.forEach(node -> node(name, node));
        }
    }

    private void node(String name, JsonNode node) {
        if (!ready.contains(node.asText())) {
            found.add("Instance " + name + " is on " + node.asText() + ", which is not Ready");
        } else if (!running.getOrDefault(name, Set.of()).contains(node.asText())) {
            found.add("Instance " + name + " has no pod on " + node.asText());
        }
    }
}
