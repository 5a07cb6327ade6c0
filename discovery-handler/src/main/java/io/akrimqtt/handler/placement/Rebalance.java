package io.akrimqtt.handler.placement;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Proposes moves that spread devices better over the nodes with a handler. Each is carried out whole before the next one begins:
 * release, drop, wait until the Instance is gone, and the node that the device falls to adds it. Moves go only where a device falls
 * by {@link Rendezvous} anyway, so that nobody needs to be told where to. A node that takes no new pods gives all away.
 */
public final class Rebalance {

    private Rebalance() {}

    /** One device from the node that reports it to the one that it falls to. */
    public record Move(String device, String instance, String from, String to) {}

    /**
     * The moves that are worth while, in the order in which to make them.
     *
     * @param most how many at most
     */
    public static List<Move> moves(ClusterState cluster, int most) {
        var live = live(cluster);
        if (live.size() < 2) {
            return List.of();
        }
        var load = load(cluster);
        var candidates = cluster.instances().stream()
                .filter(instance -> movable(instance, live))
                .sorted(Comparator.comparing(instance -> instance.ref().name()))
                .toList();
        return pick(candidates, open(cluster), load, most);
    }

    /** Nodes that are Ready and have a handler. */
    static Set<String> live(ClusterState cluster) {
        var live = new TreeSet<String>();
        cluster.nodes().stream()
                .filter(node -> node.ready() && node.handler())
                .map(NodeState::name)
                .forEach(live::add);
        return live;
    }

    /** Of the live ones those to which a device falls: all that take new pods, or all where none does. */
    static Set<String> open(ClusterState cluster) {
        var live = live(cluster);
        var open = new TreeSet<>(live);
        cluster.nodes().stream()
                .filter(NodeState::cordoned)
                .map(NodeState::name)
                .forEach(open::remove);
        return open.isEmpty() ? live : open;
    }

    private static boolean movable(InstanceState instance, Set<String> live) {
        return instance.marked()
                && !instance.terminating()
                && instance.nodes().size() == 1
                && live.containsAll(instance.nodes())
                && instance.properties().containsKey(InstanceState.DEVICE);
    }

    /** How many devices each node has that is Ready and has a handler, in the order of the nodes' names. */
    public static SortedMap<String, Integer> load(ClusterState cluster) {
        var live = live(cluster);
        var load = new TreeMap<String, Integer>();
        live.forEach(node -> load.put(node, 0));
        cluster.instances().stream()
                .filter(InstanceState::marked)
                .flatMap(instance -> instance.nodes().stream())
                .filter(live::contains)
                .forEach(node -> load.merge(node, 1, Integer::sum));
        return load;
    }

    /** From a node that is to be emptied, or has two or more above the one that it goes to: what is even is left alone. */
    private static List<Move> pick(
            List<InstanceState> candidates, Set<String> open, Map<String, Integer> load, int most) {
        var moves = new ArrayList<Move>();
        for (var instance : candidates) {
            if (moves.size() >= most) {
                break;
            }
            var device = instance.properties().getOrDefault(InstanceState.DEVICE, "");
            var from = instance.nodes().getFirst();
            var to = Rendezvous.winner(device, open);
            if (!open.contains(from) || load.getOrDefault(from, 0) - load.getOrDefault(to, 0) > 1) {
                moves.add(new Move(device, instance.ref().name(), from, to));
                load.merge(from, -1, Integer::sum);
                load.merge(to, 1, Integer::sum);
            }
        }
        return moves;
    }
}
