package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;

/** Makes clients of MQTT servers. */
@FunctionalInterface
public interface ClientFactory {

    /**
     * Makes a client that is not connected yet.
     *
     * @throws IllegalArgumentException where certificates or keys are not what they should be
     */
    PubSubClient create(ServerUrl url, Credentials credentials, TlsOptions tls, SessionOptions session);
}
