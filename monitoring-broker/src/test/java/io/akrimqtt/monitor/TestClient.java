package io.akrimqtt.monitor;

import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A device, or whoever else talks MQTT in a test: remembers all that it gets. */
public final class TestClient implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PubSubClient client;
    private final List<Message> received = new CopyOnWriteArrayList<>();

    private TestClient(PubSubClient client) {
        this.client = client;
    }

    /** Connects and subscribes, and waits for both. */
    public static TestClient connect(ServerUrl server, ProtocolVersion protocol, String... filters) {
        var id = "test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        var client = new TestClient(MqttPubSubClient.create(
                server,
                Credentials.NONE,
                TlsOptions.DEFAULT,
                SessionOptions.clean(id).withProtocol(protocol)));
        var subscriptions = List.of(filters).stream()
                .map(filter -> client.client.subscribe(
                        TopicFilter.of(filter), delivery -> client.received.add(delivery.message())))
                .toList();
        client.client.connect();
        subscriptions.forEach(subscription -> subscription.granted().join());
        await().atMost(MonitorProcess.SOON).until(client.client::connected);
        return client;
    }

    /** Publishes at least once, and waits until the server has taken it. */
    public void publish(String topic, String text) {
        publish(Message.of(TopicName.of(topic), text));
    }

    public void publish(Message message) {
        client.publish(message).join();
    }

    public List<Message> received() {
        return received;
    }

    /** The latest message on a topic. */
    public String latest(String topic) {
        return received.stream()
                .filter(message -> message.topic().value().equals(topic))
                .reduce((_, later) -> later)
                .map(Message::text)
                .orElse("");
    }

    @Override
    public void close() {
        client.close();
    }
}
