package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;

/** A client of one MQTT server, over the HiveMQ MQTT client. */
public final class MqttPubSubClient {

    private MqttPubSubClient() {}

    /**
     * Makes a client; it connects when told to.
     *
     * @throws IllegalArgumentException where certificates or keys are not what they should be; the text has no secret
     */
    @SuppressWarnings("DoNotCallSuggester") // Until it is written.
    public static PubSubClient create(ServerUrl url, Credentials credentials, TlsOptions tls, SessionOptions session) {
        throw new UnsupportedOperationException("not yet");
    }
}
