package io.akrimqtt.cli.rebalance;

import java.util.List;

/**
 * What could be moved.
 *
 * @param nodes in the order of their names
 * @param moves in the order in which they are made
 */
public record Plan(List<Node> nodes, List<Move> moves) {

    public Plan {
        nodes = List.copyOf(nodes);
        moves = List.copyOf(moves);
    }

    /**
     * A node with a handler.
     *
     * @param devices how many it has
     * @param planned how many it will have
     */
    public record Node(String name, int devices, int planned) {}

    /**
     * One device from a node to another.
     *
     * @param device its id, or that of a group
     * @param instance the name of its Instance
     */
    public record Move(String device, String instance, String from, String to) {}
}
