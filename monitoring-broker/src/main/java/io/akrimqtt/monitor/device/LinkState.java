package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one MQTT server.
 *
 * @param connected the server has accepted the connection
 * @param subscribed it has answered this connection's subscriptions
 * @param protocol which MQTT is spoken, or was last; null before the first connection
 * @param problem why it is not connected, one sentence without secrets, or empty
 */
public record LinkState(
        boolean connected, boolean subscribed, @Nullable ProtocolVersion protocol, String problem) {

    static final LinkState NEW = new LinkState(false, false, null, "not connected yet");
}
