package io.akrimqtt.handler.cluster;

import java.util.List;

/**
 * All that is seen of the cluster at one moment.
 *
 * @param reachable whether the API server answers and all lists are complete; else the rest is the latest that was seen, or nothing
 * @param instances of all handlers; ask {@link InstanceState#marked()}
 * @param configurations of all handlers
 */
public record ClusterState(
        boolean reachable,
        List<InstanceState> instances,
        List<ConfigurationState> configurations,
        List<NodeState> nodes) {

    /** Nothing was seen yet. */
    public static final ClusterState UNSEEN = new ClusterState(false, List.of(), List.of(), List.of());

    public ClusterState {
        instances = List.copyOf(instances);
        configurations = List.copyOf(configurations);
        nodes = List.copyOf(nodes);
    }
}
