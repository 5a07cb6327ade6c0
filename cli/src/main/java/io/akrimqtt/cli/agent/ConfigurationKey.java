package io.akrimqtt.cli.agent;

/** Which Configuration object is meant. Agents tell requests and plugins apart by the name alone, objects by both. */
public record ConfigurationKey(String namespace, String name) {

    /** Where objects are that say nothing of a namespace. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** In the namespace {@code default}. */
    public static ConfigurationKey of(String name) {
        return new ConfigurationKey(DEFAULT_NAMESPACE, name);
    }
}
