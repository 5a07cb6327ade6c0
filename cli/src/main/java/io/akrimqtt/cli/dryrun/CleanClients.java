package io.akrimqtt.cli.dryrun;

import io.akrimqtt.handler.watch.ClientFactory;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes clients whose sessions end with their connections, under ids that no handler has. Thread-safe.
 *
 * @param prefix what the ids begin with; 21 characters at most
 * @param ids the numbers of the handler's ids, as they come: there are two for each MQTT server
 */
record CleanClients(String prefix, Map<String, Integer> ids) implements ClientFactory {

    static CleanClients of(String prefix) {
        return new CleanClients(prefix, new ConcurrentHashMap<>());
    }

    @Override
    public PubSubClient create(ServerUrl url, Credentials credentials, TlsOptions tls, SessionOptions session) {
        int number = ids.computeIfAbsent(session.clientId(), _ -> ids.size());
        var clean = SessionOptions.clean(prefix + number)
                .withProtocol(session.protocol())
                .withKeepAlive(session.keepAlive())
                .withMaxPending(session.maxPending());
        return MqttPubSubClient.create(url, credentials, tls, clean);
    }
}
