package io.akrimqtt.cli.local;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the Configurations when the handler has registered, and annotates them when it registers again: a registration alone does
 * not end the agent's back-off (AC, trap 9), and in a cluster somebody has to annotate them. Confined to the agent's thread, once
 * the cluster is known.
 */
final class AgentReaction {

    private final List<AkriConfiguration> configurations;
    private volatile @Nullable LocalCluster cluster;
    private boolean applied;

    AgentReaction(List<AkriConfiguration> configurations) {
        this.configurations = configurations;
    }

    void cluster(LocalCluster started) {
        cluster = started;
    }

    void on(AgentEvent event) {
        var known = cluster;
        if (known == null || !(event instanceof AgentEvent.HandlerRegistered)) {
            return;
        }
        for (var configuration : configurations) {
            if (applied) {
                known.annotate(Resource.CONFIGURATION, configuration.namespace(), configuration.name());
            } else {
                known.applyConfiguration(ConfigurationObject.of(configuration));
            }
        }
        applied = true;
    }
}
