package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import java.util.Map;

/** One write of an agent to the API server; each may be refused. */
public sealed interface ApiCall {

    /** Puts the node's finalizer on a Configuration that lacks it. */
    record HoldConfiguration(ConfigurationKey configuration) implements ApiCall {}

    /** Takes the node's finalizer off a Configuration. */
    record ReleaseConfiguration(ConfigurationKey configuration) implements ApiCall {}

    /** Deletes an Instance that no other node has. */
    record Delete(InstanceView instance, Deletion reason) implements ApiCall {}

    /** Takes the node off an Instance that others have: applies the copy that the cache has, without it. */
    record Leave(InstanceView instance, Deletion reason) implements ApiCall {}

    /** Applies an Instance without force, with the node as field manager. */
    record Apply(AgentConfiguration configuration, Instance instance) implements ApiCall {}

    /** Puts the node's finalizer on an Instance. */
    record HoldInstance(InstanceView instance) implements ApiCall {}

    /** Takes the node's finalizer off an Instance. */
    record ReleaseInstance(InstanceView instance) implements ApiCall {}

    /** Applies all slots that the node has of an Instance, as {@code dp-<node>}, without force. */
    record Claim(String namespace, String instance, Map<String, String> slots) implements ApiCall {}
}
