package io.akrimqtt.cli.agent;

import java.time.Instant;

/** Is told what the agent does. */
@FunctionalInterface
public interface AgentListener {

    /** Called in order, on the agent's only thread: be quick, and do not wait for the agent here. */
    void on(Instant time, AgentEvent event);
}
