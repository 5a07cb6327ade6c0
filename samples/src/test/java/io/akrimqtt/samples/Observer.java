package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees all that is published on an MQTT server, from a moment before the devices connect. Thread-safe. */
final class Observer implements AutoCloseable {

    private final PubSubClient client;
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    private Observer(PubSubClient client) {
        this.client = client;
    }

    /** Waits until the MQTT server has granted the subscription. */
    static Observer of(ServerUrl server, Credentials credentials) {
        var session = SessionOptions.clean("observer-" + UUID.randomUUID());
        var observer = new Observer(MqttPubSubClient.create(server, credentials, TlsOptions.DEFAULT, session));
        var all = observer.client.subscribe(TopicFilter.of("#"), d -> observer.messages.add(d.message()));
        observer.client.connect();
        all.granted().join();
        return observer;
    }

    void publish(Message message) {
        client.publish(message).join();
    }

    /** What came on a topic, oldest first. */
    List<String> texts(String topic) {
        return messages(topic).stream().map(Message::text).toList();
    }

    List<Message> messages(String topic) {
        return messages.stream().filter(m -> m.topic().value().equals(topic)).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
