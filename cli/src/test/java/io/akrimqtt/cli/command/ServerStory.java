package io.akrimqtt.cli.command;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Devices of a test, at one MQTT server. */
final class ServerStory {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private ServerStory() {}

    static Message message(String topic, String payload, boolean retain) {
        return Message.to(TopicName.of(topic)).text(payload).retain(retain).build();
    }

    /** A device that has announced itself and has a Last Will. */
    static PubSubClient device(ServerUrl url, Credentials credentials, String id, boolean announced) {
        var status = id + "/status";
        var options = SessionOptions.clean("device-" + id.replace('/', '-'))
                .withProtocol(ProtocolVersion.MQTT_5)
                .withWill(message(status, "offline", true));
        var client = MqttPubSubClient.create(url, credentials, TlsOptions.DEFAULT, options);
        client.connect();
        Awaitility.await().atMost(PATIENCE).until(client::connected);
        if (announced) {
            client.publish(message(status, "online", true)).join();
        }
        return client;
    }
}
