package io.akrimqtt.handler.placement;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.InstanceState;
import java.util.List;
import java.util.Optional;

/**
 * Where the move of a device stands, by what Kubernetes shows.
 *
 * @param node the node that has the device, or empty while none has
 */
public record Standing(Phase phase, String node) {

    /** The steps of a move, in their order. */
    public enum Phase {
        /** Its Instance names the node that it is to leave, and is not released there. */
        WAITING,
        /** Akri's agent may take it off the node. */
        RELEASED,
        /** No node has it. */
        LEFT,
        /** Another node has it. */
        ARRIVED
    }

    /** That of a device which is to leave a node. */
    public static Standing of(ClusterState cluster, String device, String from) {
        var living = instances(cluster, device).stream()
                .filter(instance -> !instance.terminating())
                .toList();
        var here = living.stream().filter(instance -> instance.names(from)).toList();
        if (!here.isEmpty()) {
            boolean released = here.stream().allMatch(instance -> instance.releasedOn(from));
            return new Standing(released ? Phase.RELEASED : Phase.WAITING, from);
        }
        return living.stream()
                .flatMap(instance -> instance.nodes().stream())
                .min(String::compareTo)
                .map(node -> new Standing(Phase.ARRIVED, node))
                .orElse(new Standing(Phase.LEFT, ""));
    }

    /** Why a device cannot be moved away from a node, in a sentence; empty where it can. */
    public static Optional<String> refusal(ClusterState cluster, String device, String from) {
        var living = instances(cluster, device).stream()
                .filter(instance -> !instance.terminating())
                .toList();
        var nodes = living.stream()
                .flatMap(instance -> instance.nodes().stream())
                .distinct()
                .sorted()
                .toList();
        if (living.isEmpty()) {
            return Optional.of("it has no Instance");
        }
        if (!nodes.contains(from)) {
            return Optional.of(
                    "it is on " + (nodes.isEmpty() ? "no node" : String.join(", ", nodes)) + ", not on " + from);
        }
        if (nodes.size() > 1) {
            return Optional.of(
                    "it is on " + String.join(", ", nodes) + " at once; one of them will let it go by itself");
        }
        var live = Rebalance.live(cluster);
        if (live.size() < 2) {
            return Optional.of("there is no other node that is Ready and has a handler");
        }
        return Rendezvous.winner(device, Rebalance.open(cluster)).equals(from)
                ? Optional.of("it falls to " + from + " itself: a move would only restart its workload")
                : Optional.empty();
    }

    private static List<InstanceState> instances(ClusterState cluster, String device) {
        return cluster.instances().stream()
                .filter(InstanceState::marked)
                .filter(instance -> device.equals(instance.properties().get(InstanceState.DEVICE)))
                .toList();
    }
}
