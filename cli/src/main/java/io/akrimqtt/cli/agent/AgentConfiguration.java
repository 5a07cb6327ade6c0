package io.akrimqtt.cli.agent;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Akri's agent reads of a Configuration.
 *
 * @param namespace where its Instances are made
 * @param name its metadata.name, the agent's only key for its request and its devices; a Kubernetes object's name
 * @param uid by which its Instances name their owner
 * @param handlerName the handler's name, compared as it is, case included
 * @param discoveryDetails passed on verbatim; an edit has no effect while a request of this Configuration lives
 * @param discoveryProperties asked at each Discover
 * @param capacity copied to each Instance, from 1
 * @param brokerProperties laid over each device's own properties
 */
public record AgentConfiguration(
        String namespace,
        String name,
        String uid,
        String handlerName,
        String discoveryDetails,
        DiscoveryProperties discoveryProperties,
        int capacity,
        Map<String, String> brokerProperties) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** Checks the parts and copies the properties. */
    public AgentConfiguration {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Configuration: '" + name
                    + "' (expected: a Kubernetes name of lower-case letters, digits, '-' and '.')");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity of " + name + ": " + capacity + " (expected: >= 1)");
        }
        brokerProperties = Map.copyOf(brokerProperties);
    }

    /** One in the namespace {@code default} whose UID is its name. */
    public AgentConfiguration(
            String name,
            String handlerName,
            String discoveryDetails,
            DiscoveryProperties discoveryProperties,
            int capacity,
            Map<String, String> brokerProperties) {
        this(
                ConfigurationKey.DEFAULT_NAMESPACE,
                name,
                name,
                handlerName,
                discoveryDetails,
                discoveryProperties,
                capacity,
                brokerProperties);
    }

    /** Which object it is. */
    public ConfigurationKey key() {
        return new ConfigurationKey(namespace, name);
    }
}
