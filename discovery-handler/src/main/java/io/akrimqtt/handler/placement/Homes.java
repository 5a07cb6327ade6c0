package io.akrimqtt.handler.placement;

import io.akrimqtt.handler.cluster.InstanceState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which node reports a device where exactly one is to. What Kubernetes shows decides: a device stays on the node that its Instance
 * names for as long as that node is not lost; devices without an Instance fall to a node by {@link Rendezvous}.
 */
public final class Homes {

    private final Nodes nodes;
    private final String self;

    public Homes(Nodes nodes, String self) {
        this.nodes = nodes;
        this.self = self;
    }

    /**
     * The node that is to report a device; empty while that is not to be decided yet.
     *
     * @param instances all Instances of the device, those that are being deleted among them
     * @param reportedHere whether this node reports it now, with or without an Instance yet
     */
    public Optional<String> of(String device, Collection<InstanceState> instances, boolean reportedHere) {
        var named = named(instances);
        if (named.size() > 1) {
            var working = working(instances, named);
            return Optional.of(Rendezvous.winner(device, working.isEmpty() ? named : working));
        }
        if (!named.isEmpty()) {
            return Optional.of(named.iterator().next());
        }
        if (instances.isEmpty() && reportedHere && !nodes.lost(self)) {
            return Optional.of(self);
        }
        return nodes.settled() && !nodes.open().isEmpty()
                ? Optional.of(Rendezvous.winner(device, nodes.open()))
                : Optional.empty();
    }

    private Set<String> named(Collection<InstanceState> instances) {
        var named = new TreeSet<String>();
        instances.forEach(instance ->
                instance.nodes().stream().filter(node -> !nodes.lost(node)).forEach(named::add));
        return named;
    }

    /** Those that hold a slot: a workload runs there. */
    private static Set<String> working(Collection<InstanceState> instances, Set<String> named) {
        var working = new LinkedHashSet<String>();
        instances.forEach(instance -> instance.deviceUsage().values().stream()
                .map(InstanceState::holder)
                .filter(named::contains)
                .forEach(working::add));
        return working;
    }
}
