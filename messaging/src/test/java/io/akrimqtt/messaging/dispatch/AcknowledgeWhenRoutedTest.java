package io.akrimqtt.messaging.dispatch;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageSubscriber;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A dispatcher on real servers that acknowledges late. */
class AcknowledgeWhenRoutedTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String root = "plant/routed-" + NUMBERS.incrementAndGet();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : toClose.reversed()) {
            each.close();
        }
    }

    private record Waiting(TopicFilter filter, List<String> seen, CompletableFuture<Void> done)
            implements CommandRouter<String> {
        @Override
        public CompletionStage<Void> route(Message message, String value) {
            seen.add(value);
            return done;
        }
    }

    /** A delivery whose acknowledgement is counted. */
    private record Counted(Delivery delivery, AtomicInteger acknowledged) implements Delivery {
        @Override
        public Message message() {
            return delivery.message();
        }

        @Override
        public long receivedNanos() {
            return delivery.receivedNanos();
        }

        @Override
        public boolean duplicate() {
            return delivery.duplicate();
        }

        @Override
        public void acknowledge() {
            delivery.acknowledge();
            acknowledged.incrementAndGet();
        }
    }

    private static PubSubClient connect(PubSubClient client) {
        var subscribed = new AtomicBoolean();
        client.onConnection(event -> subscribed.compareAndSet(false, event instanceof ConnectionEvent.Subscribed));
        client.connect();
        await().untilTrue(subscribed);
        return client;
    }

    @EachServer
    void what_is_not_routed_to_the_end_comes_again_and_what_is_does_not(ServerCase server) throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        var done = new CompletableFuture<Void>();
        try (var proxy = FaultProxy.before(server.url())) {
            var client = MqttPubSubClient.create(
                    proxy.url(),
                    Credentials.NONE,
                    TlsOptions.DEFAULT,
                    server.clean(root.replace('/', '-')).withSessionExpiry(Duration.ofMinutes(5)));
            toClose.add(client);
            var router = new Waiting(TopicFilter.of(root), seen, done);
            var acknowledged = new AtomicInteger();
            MessageSubscriber counting = (options, listener) ->
                    client.subscribe(options, delivery -> listener.onMessage(new Counted(delivery, acknowledged)));
            toClose.add(CommandDispatcher.start(counting, PayloadCodec.TEXT, List.of(router), List.of(), true));
            connect(client);
            var publisher = MqttPubSubClient.create(
                    server.url(), Credentials.NONE, TlsOptions.DEFAULT, server.clean(root.replace('/', '-') + "-p"));
            toClose.add(publisher);
            connect(publisher).publish(Message.of(TopicName.of(root), "first")).get(60, SECONDS);
            await().until(() -> seen.equals(List.of("first")));

            proxy.drop();
            await().until(() -> seen.equals(List.of("first", "first")));
            done.complete(null);
            publisher.publish(Message.of(TopicName.of(root), "second")).get(60, SECONDS);
            await().until(() -> seen.size() == 3 && acknowledged.get() == 3);
            // Behind this nothing of the acknowledgements can be under way any more.
            client.publish(Message.of(TopicName.of(root + "/fence"), "")).get(60, SECONDS);
            proxy.drop();
            publisher.publish(Message.of(TopicName.of(root), "third")).get(60, SECONDS);
            await().until(() -> seen.contains("third"));
        }

        assertThat(seen).containsExactly("first", "first", "second", "third");
    }
}
