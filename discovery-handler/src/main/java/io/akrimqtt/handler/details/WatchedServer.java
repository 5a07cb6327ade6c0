package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ServerUrl;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT server of the details.
 *
 * @param alias what it is called in ids where each server has devices of its own, or null
 * @param credentials the prefix of its discoveryProperties
 */
public record WatchedServer(ServerUrl url, @Nullable String alias, String credentials) {

    /** The prefix where none is written. */
    public static final String CREDENTIALS = "mqtt";

    public static WatchedServer of(ServerUrl url) {
        return new WatchedServer(url, null, CREDENTIALS);
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
