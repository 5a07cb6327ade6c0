package io.akrimqtt.cli.cluster.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.node.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the pods of an Instance when anything about it changed: one for each of its nodes, none elsewhere.
 *
 * @see <a href="https://github.com/project-akri/akri">pod_action.rs and instance_action.rs in Akri</a>
 */
final class PodActions {

    /** How long a pod that was bound may be pending. */
    private static final Duration PENDING = Duration.ofMinutes(5);

    /**
     * What is to be done, deletions first.
     *
     * @param delete pods
     * @param create nodes
     */
    record Plan(List<ObjectNode> delete, List<String> create) {}

    private enum Action {
        ADD,
        REMOVE,
        REMOVE_AND_ADD,
        NOTHING
    }

    private record Decided(Action action, ObjectNode pod) {}

    private PodActions() {}

    /**
     * Decides.
     *
     * @param gone the Instance was deleted
     * @param nodes those of the Instance
     * @param pods all that name the Instance, of whatever namespace
     */
    static Plan plan(boolean gone, List<String> nodes, Collection<ObjectNode> pods, Instant now) {
        var byNode = new LinkedHashMap<String, Decided>();
        for (var pod : pods) {
            var node = Pods.label(pod, Pods.NODE);
            boolean known = nodes.contains(node) || byNode.containsKey(node);
            byNode.put(node, new Decided(known ? ofKnownNode(gone, pod, now) : Action.REMOVE, pod));
        }
        return new Plan(
                byNode.values().stream()
                        .filter(decided ->
                                decided.action() == Action.REMOVE || decided.action() == Action.REMOVE_AND_ADD)
                        .map(Decided::pod)
                        .toList(),
                created(gone, nodes, byNode));
    }

    private static List<String> created(boolean gone, List<String> nodes, Map<String, Decided> byNode) {
        return nodes.stream()
                .filter(node -> {
                    var decided = byNode.get(node);
                    return decided == null ? !gone : decided.action() == Action.REMOVE_AND_ADD;
                })
                .toList();
    }

    private static Action ofKnownNode(boolean gone, ObjectNode pod, Instant now) {
        if (gone) {
            return Action.REMOVE;
        }
        return switch (Pods.phase(pod)) {
            case "Running" -> Action.NOTHING;
            case "Pending" -> olderThan(PENDING, pod, now);
            default -> olderThan(Duration.ZERO, pod, now);
        };
    }

    private static Action olderThan(Duration grace, ObjectNode pod, Instant now) {
        var start = pod.path("status").path("startTime").asText("");
        if (start.isEmpty() || now.isBefore(Instant.parse(start).plus(grace))) {
            return Action.NOTHING;
        }
        return Action.REMOVE_AND_ADD;
    }
}
