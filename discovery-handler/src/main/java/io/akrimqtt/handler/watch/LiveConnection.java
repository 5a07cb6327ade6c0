package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The live connection to one MQTT server: a persistent session whose messages and fates are posted to the loop. Thread-safe.
 */
final class LiveConnection implements AutoCloseable {

    private final ServerAccess access;
    private final @Nullable PubSubClient client;
    private final TopicName fence;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile ProtocolVersion protocol = ProtocolVersion.MQTT_5;

    private LiveConnection(ServerAccess access, @Nullable PubSubClient client) {
        this.access = access;
        this.client = client;
        this.fence = access.fence(access.liveId());
    }

    /** Makes one that is not connected yet; a client that can not be made is a server that is away. */
    static LiveConnection of(ServerAccess access) {
        try {
            return new LiveConnection(access, access.liveClient());
        } catch (IllegalArgumentException e) {
            access.post(new WatchEvent.Connection(
                    access.server(), access.now(), new ConnectionEvent.Disconnected(reason(e), true, false)));
            return new LiveConnection(access, null);
        }
    }

    private static String reason(IllegalArgumentException e) {
        return e.getMessage() == null ? "the client can not be made" : e.getMessage();
    }

    /** Subscribes and starts to connect; returns at once. */
    void start() {
        if (client == null) {
            return;
        }
        client.onConnection(this::happened);
        for (var filter : access.convention().filters()) {
            var options =
                    SubscribeOptions.of(filter).withQos(access.qos()).live().withManualAcknowledgement();
            subscriptions.add(client.subscribe(options, this::arrived));
        }
        client.subscribe(SubscribeOptions.of(TopicFilter.exactly(fence)).live(), this::fenceArrived);
        client.connect();
    }

    private void happened(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Connected connected) {
            protocol = connected.protocol();
        }
        access.post(new WatchEvent.Connection(access.server(), access.now(), event));
    }

    private void arrived(Delivery delivery) {
        var message = delivery.message();
        boolean mqtt5 = protocol == ProtocolVersion.MQTT_5;
        var published = !mqtt5 ? Published.NOT_KNOWN : message.retain() ? Published.RETAINED : Published.NOT_RETAINED;
        boolean retained = !mqtt5 && message.retain();
        var reading = access.convention().read(message.topic(), message.payload(), published);
        access.post(new WatchEvent.Arrived(
                access.server(),
                received(delivery),
                message.topic().value(),
                reading,
                retained,
                published,
                delivery::acknowledge));
    }

    private void fenceArrived(Delivery delivery) {
        access.post(new WatchEvent.Fence(
                access.server(), received(delivery), delivery.message().text()));
    }

    private Instant received(Delivery delivery) {
        return access.clock().at(delivery.receivedNanos());
    }

    /** Sends a token round by the server: what comes before it was waiting already. Without the right to, nothing comes. */
    void raiseFence(String token) {
        if (client != null) {
            client.publish(Message.of(fence, token)).exceptionally(_ -> null);
        }
    }

    /** What the server refused or granted at less, one sentence each. */
    List<String> subscriptionProblems() {
        return subscriptions.stream()
                .flatMap(subscription -> subscription.problem().stream()
                        .map(problem -> named(subscription.options().filter(), problem)))
                .toList();
    }

    /** The filters that the server refuses. */
    Set<TopicFilter> refused() {
        return subscriptions.stream()
                .filter(Subscription::refused)
                .map(subscription -> subscription.options().filter())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Asks again for what the server refuses; the answer is one {@link WatchEvent.Answered}. Called by the loop alone. */
    void askAgain() {
        if (client == null) {
            return;
        }
        var answers = new ArrayList<CompletableFuture<Void>>();
        for (var each = subscriptions.listIterator(); each.hasNext(); ) {
            var old = each.next();
            if (old.refused()) {
                var anew = client.subscribe(old.options(), this::arrived);
                each.set(anew);
                old.close();
                answers.add(anew.granted().exceptionally(_ -> null));
            }
        }
        var _ = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenRunAsync(
                        () -> access.post(new WatchEvent.Answered(access.server(), access.now())),
                        Thread::startVirtualThread);
    }

    /** Whether the server keeps retained messages, as far as it says. */
    boolean keepsRetained() {
        return client == null || client.keepsRetained();
    }

    private static String named(TopicFilter filter, String problem) {
        return problem.contains(filter.value()) ? problem : filter.value() + ": " + problem;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
