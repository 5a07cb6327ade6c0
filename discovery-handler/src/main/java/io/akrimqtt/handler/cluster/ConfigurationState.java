package io.akrimqtt.handler.cluster;

import java.util.Map;

/**
 * One Akri Configuration.
 *
 * @param generation counts changes of its spec
 * @param handler {@code spec.discoveryHandler.name}
 * @param details {@code spec.discoveryHandler.discoveryDetails}, unread
 * @param terminating whether it has a deletion time
 */
public record ConfigurationState(
        ObjectRef ref,
        long generation,
        String handler,
        String details,
        Map<String, String> brokerProperties,
        int capacity,
        Map<String, String> annotations,
        boolean terminating) {

    /** Touched to make agents ask at once: its value is the time in ISO-8601. */
    public static final String TOUCHED = "akri-mqtt.io/touched";

    public ConfigurationState {
        brokerProperties = Map.copyOf(brokerProperties);
        annotations = Map.copyOf(annotations);
    }
}
