package io.akrimqtt.handler.cluster;

import java.util.Set;

/**
 * One node of the cluster.
 *
 * @param ready its Ready condition is True
 * @param handler whether a discovery handler of ours lives there: a ready endpoint of our headless Service
 * @param resources the {@code akri.sh/} names in its allocatable that are more than zero; only told of our own node, else empty
 * @param cordoned whether it takes no new pods ({@code kubectl cordon}, {@code kubectl drain})
 */
public record NodeState(String name, boolean ready, boolean handler, Set<String> resources, boolean cordoned) {
    public NodeState {
        resources = Set.copyOf(resources);
    }

    /** One that takes new pods. */
    public NodeState(String name, boolean ready, boolean handler, Set<String> resources) {
        this(name, ready, handler, resources, false);
    }
}
