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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

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
        var client = create(server, protocol);
        client.start(List.of(filters), client.received::add);
        return client;
    }

    /** As {@link #connect}, and answers what comes. */
    public static TestClient answering(
            ServerUrl server, ProtocolVersion protocol, String filter, Function<Message, Optional<Message>> answer) {
        var client = create(server, protocol);
        client.start(
                List.of(filter),
                message -> answer.apply(message).ifPresent(reply -> {
                    var _ = client.client.publish(reply);
                }));
        return client;
    }

    private static TestClient create(ServerUrl server, ProtocolVersion protocol) {
        var id = "test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new TestClient(MqttPubSubClient.create(
                server,
                Credentials.NONE,
                TlsOptions.DEFAULT,
                SessionOptions.clean(id).withProtocol(protocol)));
    }

    private void start(List<String> filters, Consumer<Message> listener) {
        var subscriptions = filters.stream()
                .map(filter -> client.subscribe(TopicFilter.of(filter), it -> listener.accept(it.message())))
                .toList();
        client.connect();
        subscriptions.forEach(subscription -> subscription.granted().join());
        await().atMost(MonitorProcess.SOON).until(client::connected);
    }

    /** Publishes at least once, and waits until the server has taken it. */
    public void publish(String topic, String text) {
        publish(Message.of(TopicName.of(topic), text));
    }

    public void publish(Message message) {
        client.publish(message).join();
    }

    /** Publishes, and does not wait. */
    public void say(Message message) {
        var _ = client.publish(message);
    }

    /** Publishes one after the other, each when the server has taken the one before, and does not wait. */
    public void say(List<Message> messages) {
        CompletableFuture<?> before = CompletableFuture.completedFuture(null);
        for (var message : messages) {
            before = before.thenCompose(_ -> client.publish(message));
        }
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
