package io.akrimqtt.cli.agent;

import java.util.List;
import java.util.Map;

/**
 * An Instance object as the agent's cache has it: what it was a moment ago.
 *
 * @param owner the UID of the Configuration that controls it; empty for none
 * @param nodes {@code spec.nodes}
 * @param deviceUsage slot to node; an empty value is a slot that the controller blanked
 * @param terminating deleted, and held by a finalizer
 */
public record InstanceView(
        String namespace,
        String name,
        String uid,
        String owner,
        String configuration,
        boolean shared,
        int capacity,
        List<String> nodes,
        Map<String, String> brokerProperties,
        Map<String, String> deviceUsage,
        boolean terminating) {

    /** Copies the collections. */
    public InstanceView {
        nodes = List.copyOf(nodes);
        brokerProperties = Map.copyOf(brokerProperties);
        deviceUsage = Map.copyOf(deviceUsage);
    }

    /** Unique in a cluster. */
    String key() {
        return namespace + "/" + name;
    }

    /** The last part of its name. */
    String hash() {
        return name.substring(name.lastIndexOf('-') + 1);
    }
}
