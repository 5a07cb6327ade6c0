package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.testing.Patience.await;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Keeps what a client tells, for a test to look at. */
final class Recorder implements MessageListener {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

    /** A name that no other test of this run has. */
    static String unique(String name) {
        return name + "-" + NUMBERS.incrementAndGet();
    }

    static PubSubClient client(ServerUrl url, SessionOptions options) {
        return MqttPubSubClient.create(url, Credentials.NONE, TlsOptions.DEFAULT, options);
    }

    /** Connects, and waits until all subscriptions are answered. */
    Recorder connect(PubSubClient client) {
        int before = events.size();
        client.onConnection(events::add);
        client.connect();
        await().until(() -> events.stream().skip(before).anyMatch(ConnectionEvent.Subscribed.class::isInstance));
        return this;
    }

    @Override
    public void onMessage(Delivery delivery) {
        deliveries.add(delivery);
    }

    List<Message> messages() {
        return deliveries.stream().map(Delivery::message).toList();
    }

    List<String> texts() {
        return messages().stream().map(Message::text).toList();
    }

    /** Waits until so many messages have come. */
    Recorder awaitMessages(int count) {
        await().until(() -> deliveries.size() >= count);
        return this;
    }

    /** Waits until so many connections have all their subscriptions answered. */
    void awaitSubscribed(int connections) {
        await().until(() -> events(ConnectionEvent.Subscribed.class).size() >= connections);
    }

    <T extends ConnectionEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends ConnectionEvent> T awaitEvent(Class<T> type, Predicate<T> wanted) {
        await().until(() -> events(type).stream().anyMatch(wanted));
        return events(type).stream().filter(wanted).findFirst().orElseThrow();
    }

    static TopicName topic(String text) {
        return TopicName.of(text);
    }
}
