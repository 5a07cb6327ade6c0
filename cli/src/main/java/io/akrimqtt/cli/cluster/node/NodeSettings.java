package io.akrimqtt.cli.cluster.node;

import io.akrimqtt.cli.agent.LocalAgentSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a node of the local cluster is started with.
 *
 * @param name of the node
 * @param sockets where its agent's registration socket is made; must exist
 * @param agentUser the user name of Akri's agents
 * @param scale all waits of Kubernetes and Akri are multiplied by it: 1 for their own
 * @param lag how late agents and kubelets learn of changes at least
 */
public record NodeSettings(String name, Path sockets, String agentUser, double scale, Duration lag) {

    /** The service account of Akri's agents in the namespace {@code akri}. */
    public static final String AGENT_USER = "system:serviceaccount:akri:akri-agent-sa";

    /** Checks the scale. */
    public NodeSettings {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale: " + scale + " (expected: > 0)");
        }
    }

    /** What the agent is started with. */
    LocalAgentSettings agent() {
        return new LocalAgentSettings(sockets, name, LocalAgentSettings.Timing.scaled(scale));
    }

    /** A time of Kubernetes, scaled. */
    Duration scaled(Duration time) {
        return Duration.ofNanos(Math.round(time.toNanos() * scale));
    }
}
