package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.placement.Homes;
import io.akrimqtt.handler.placement.Nodes;
import io.akrimqtt.handler.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which devices this node is to report. Before the cluster was seen once: where each node reports each device, all; where one node
 * does, those whose known Instances name this node, and nothing else, since a list too long starts a workload on every node, while
 * one too short is what an agent that asked anew assumes anyway.
 */
final class Ownership {

    /** A move that is not over by then is given up. */
    private static final Duration MOVE = Duration.ofMinutes(10);

    private final Placement placement;
    private final Homes homes;
    private final String self;
    private final Map<String, Instant> moves = new HashMap<>();
    private boolean seen;

    Ownership(Placement placement, Nodes nodes, String self) {
        this.placement = placement;
        this.homes = new Homes(nodes, self);
        this.self = self;
    }

    void turn(Moment moment, Agenda agenda) {
        seen |= moment.cluster().reachable();
        if (!seen) {
            moment.served().watches().forEach(watch -> agenda.hold(watch.name()));
        }
        if (moves.isEmpty()) {
            return;
        }
        var there = moment.groups().stream()
                .flatMap(group -> group.items().stream())
                .filter(item -> item.reported() || !item.instances().isEmpty())
                .map(Item::id)
                .collect(Collectors.toSet());
        moves.entrySet()
                .removeIf(move -> !there.contains(move.getKey())
                        || !moment.now().isBefore(move.getValue().plus(MOVE)));
    }

    /** Lets a device go, so that it is reported where it falls to. */
    void move(String device, Instant at) {
        moves.put(device, at);
    }

    /** Takes that back. */
    void stay(String device) {
        moves.remove(device);
    }

    boolean moving(String device) {
        return moves.containsKey(device);
    }

    boolean owns(Moment moment, Item item) {
        return switch (placement) {
            case EVERY_NODE -> true;
            case ONE_NODE ->
                !moving(item.id()) && (seen ? home(item) : !item.naming(self).isEmpty());
        };
    }

    private boolean home(Item item) {
        return homes.of(item.id(), item.instances(), item.reported())
                .filter(self::equals)
                .isPresent();
    }

    /** Whether a device that nobody here knows would be this node's to report, by its Instances. */
    boolean fallsHere(String device, List<InstanceState> instances) {
        return placement == Placement.ONE_NODE
                && seen
                && homes.of(device, instances, false).filter(self::equals).isPresent();
    }

    /** Whether an Instance names another node that is not lost, so that it stays when this node leaves it. */
    boolean another(Moment moment, InstanceState instance) {
        return instance.nodes().stream()
                .anyMatch(node -> !node.equals(self) && !moment.nodes().lost(node));
    }
}
