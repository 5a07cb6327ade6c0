package io.akrimqtt.cli.local;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.agent.LocalAgent;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the Configurations when the handler has registered, and touches them when it registers again: a registration alone does
 * not end the agent's back-off (AC, trap 9), and in a cluster somebody has to annotate them. Confined to the agent's thread, once
 * the agent is known.
 */
final class AgentReaction {

    private final List<AkriConfiguration> configurations;
    private final Resolution resolution;
    private volatile @Nullable LocalAgent agent;
    private boolean applied;

    AgentReaction(List<AkriConfiguration> configurations, Resolution resolution) {
        this.configurations = configurations;
        this.resolution = resolution;
    }

    void agent(LocalAgent started) {
        agent = started;
    }

    void on(AgentEvent event) {
        var known = agent;
        if (known == null || !(event instanceof AgentEvent.HandlerRegistered)) {
            return;
        }
        for (var configuration : configurations) {
            if (applied) {
                known.touch(configuration.name());
            } else {
                known.apply(resolution.agent(configuration));
            }
        }
        applied = true;
    }
}
