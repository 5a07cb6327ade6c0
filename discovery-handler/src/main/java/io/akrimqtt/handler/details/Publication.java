package io.akrimqtt.handler.details;

import java.util.List;

/**
 * What workloads are told of their devices.
 *
 * @param properties groups of properties, of {@link #ALL}, in its order; a device's id is always told
 */
public record Publication(List<String> properties) {

    /** All groups. */
    public static final List<String> ALL =
            List.of("id", "name", "server", "topics", "command", "response", "manufacturer", "model", "convention");

    public static final Publication DEFAULT = new Publication(ALL);

    public Publication {
        properties = ALL.stream().filter(properties::contains).toList();
    }

    public boolean has(String group) {
        return properties.contains(group);
    }
}
