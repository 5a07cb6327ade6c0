package io.akrimqtt.cli.local;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.CheckOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cluster which nodes have a handler, and applies the Configurations once every node has had one: before that, agents
 * would only complain of nobody to ask. Thread-safe.
 */
final class HandlerArrivals {

    private final List<String> nodes;
    private final List<AkriConfiguration> configurations;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean applied = new AtomicBoolean();
    private volatile @Nullable LocalCluster cluster;

    HandlerArrivals(List<String> nodes, List<AkriConfiguration> configurations) {
        this.nodes = nodes;
        this.configurations = configurations;
    }

    /** Nothing is done before this. */
    void cluster(LocalCluster started) {
        cluster = started;
    }

    /** An agent told something. */
    void on(AgentEvent event) {
        var known = cluster;
        if (known != null
                && event instanceof AgentEvent.HandlerRegistered(var name, var address)
                && name.equals(CheckOptions.HANDLER_NAME)) {
            nodes.stream()
                    .filter(node -> address.startsWith(known.sockets(node) + "/"))
                    .forEach(node -> arrived(known, node));
        }
    }

    private void arrived(LocalCluster known, String node) {
        HandlerService.ready(known.store(), node, true);
        arrived.add(node);
        if (arrived.containsAll(nodes) && applied.compareAndSet(false, true)) {
            configurations.forEach(configuration -> known.applyConfiguration(ConfigurationObject.of(configuration)));
        }
    }

    /** A node's handler has ended. */
    void gone(String node) {
        var known = cluster;
        if (known != null) {
            HandlerService.ready(known.store(), node, false);
        }
    }
}
