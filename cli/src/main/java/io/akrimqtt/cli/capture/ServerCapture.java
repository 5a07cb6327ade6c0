package io.akrimqtt.cli.capture;

import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.cli.recording.RecordedMessage;
import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.serving.MonotonicClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Listens to one MQTT server. What its client tells comes on one thread; retained messages are read on threads of their own. */
final class ServerCapture implements AutoCloseable {

    private static final int MAX_PASSES = 12;

    /** A server's queue may overflow while it sends what it retains: two readings in a row must add nothing. */
    private static final int IDLE_PASSES = 2;

    /** Topics that are remembered while reading; beyond, messages may be written twice. */
    private static final int MAX_TOPICS = 1_000_000;

    private final CaptureSettings settings;
    private final int server;
    private final Inbox inbox;
    private final MonotonicClock clock;
    private final PubSubClient client;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final AtomicInteger round = new AtomicInteger();
    private volatile ProtocolVersion protocol = ProtocolVersion.MQTT_5;
    private String away = "";

    ServerCapture(CaptureSettings settings, int server, Inbox inbox, MonotonicClock clock) {
        this.settings = settings;
        this.server = server;
        this.inbox = inbox;
        this.clock = clock;
        this.client = client("");
    }

    private PubSubClient client(String suffix) {
        return MqttPubSubClient.create(
                settings.servers().get(server),
                settings.access().credentials(),
                settings.access().tls(),
                SessionOptions.clean(settings.clientId() + server + suffix));
    }

    /** Starts to connect and returns at once. */
    void start() {
        client.onConnection(this::happened);
        for (var filter : settings.filters()) {
            var options = SubscribeOptions.of(filter).withQos(settings.qos()).live();
            subscriptions.add(client.subscribe(options, this::arrived));
        }
        client.connect();
    }

    private void happened(ConnectionEvent event) {
        var now = clock.instant();
        switch (event) {
            case ConnectionEvent.Connected connected -> {
                protocol = connected.protocol();
                away = "";
                inbox.post(new Recorded.Connected(now, server, protocol.text()));
            }
            case ConnectionEvent.Subscribed _ -> readRetained(round.incrementAndGet());
            case ConnectionEvent.Disconnected disconnected -> {
                round.incrementAndGet();
                var reason = disconnected.reason().isEmpty() ? "the connection ended" : disconnected.reason();
                if (!reason.equals(away)) {
                    inbox.post(new Recorded.Disconnected(now, server, reason));
                }
                away = reason;
            }
        }
    }

    private void arrived(Delivery delivery) {
        var message = delivery.message();
        var received = clock.at(delivery.receivedNanos());
        boolean mqtt5 = protocol == ProtocolVersion.MQTT_5;
        inbox.post(
                !mqtt5 && message.retain()
                        ? new Recorded.Retained(received, server, recorded(message))
                        : new Recorded.Published(received, server, recorded(message), mqtt5 ? message.retain() : null));
    }

    private static RecordedMessage recorded(Message message) {
        return RecordedMessage.of(message.topic().value(), message.qos().code(), message.payload());
    }

    private void readRetained(int current) {
        Thread.ofVirtual().name("retained-" + server).start(() -> {
            try {
                readAll(current);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void readAll(int current) throws InterruptedException {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        int idle = 0;
        var problem = "";
        for (int pass = 0; pass < MAX_PASSES && idle < IDLE_PASSES; pass++) {
            if (round.get() != current) {
                return;
            }
            var added = new AtomicBoolean();
            try (var reader = client("s")) {
                problem = RetainedReading.read(reader, settings.filters(), message -> {
                    if (news(seen, message)) {
                        inbox.post(new Recorded.Retained(clock.instant(), server, recorded(message)));
                        added.set(true);
                    }
                });
            }
            idle = problem.isEmpty() && !added.get() ? idle + 1 : 0;
        }
        if (round.get() == current) {
            var reason = problem.isEmpty() ? refusals() : problem;
            boolean complete = idle == IDLE_PASSES && reason.isEmpty();
            inbox.post(new Recorded.RetainedRead(clock.instant(), server, complete, reason));
        }
    }

    private static boolean news(Map<String, Integer> seen, Message message) {
        int hash = Arrays.hashCode(message.payload());
        var topic = message.topic().value();
        if (seen.size() >= MAX_TOPICS && !seen.containsKey(topic)) {
            return true;
        }
        Integer before = seen.put(topic, hash);
        return before == null || before != hash;
    }

    private String refusals() {
        return subscriptions.stream()
                .flatMap(subscription -> subscription.problem().stream())
                .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        round.incrementAndGet();
        client.close();
    }
}
