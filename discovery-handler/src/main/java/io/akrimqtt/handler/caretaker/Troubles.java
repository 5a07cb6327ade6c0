package io.akrimqtt.handler.caretaker;

import java.util.Set;

/**
 * What people should know of a watch.
 *
 * @param serversAway the URLs of MQTT servers that cannot be reached now, without secrets
 * @param refused how many devices the report has no place for now
 */
public record Troubles(Set<String> serversAway, int refused) {

    /** All is well. */
    public static final Troubles NONE = new Troubles(Set.of(), 0);

    public Troubles {
        serversAway = Set.copyOf(serversAway);
    }
}
