package io.akrimqtt.messaging.testing;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;

/** What one run of a test of {@link EachServer} uses. */
public record ServerCase(String server, ServerUrl url, ServerUrl webSocketUrl, ProtocolVersion protocol) {

    /** Options for a clean session with the case's version of MQTT. */
    public SessionOptions clean(String clientId) {
        return SessionOptions.clean(clientId).withProtocol(protocol);
    }

    public boolean mqtt5() {
        return protocol == ProtocolVersion.MQTT_5;
    }

    @Override
    public String toString() {
        return server + ", MQTT " + protocol.text();
    }
}
