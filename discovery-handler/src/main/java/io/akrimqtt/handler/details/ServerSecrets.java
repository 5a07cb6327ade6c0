package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;

/** As whom to connect to an MQTT server. Never printed. */
public record ServerSecrets(Credentials credentials, TlsOptions tls) {

    public static final ServerSecrets NONE = new ServerSecrets(Credentials.NONE, TlsOptions.DEFAULT);

    @Override
    public String toString() {
        return "ServerSecrets[***]";
    }
}
