package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.Recorder.unique;
import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent.Connected;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersistentSessionTest {

    private static final Duration EXPIRY = Duration.ofMinutes(5);

    private static SessionOptions persistent(ServerCase server, String name) {
        return server.clean(name).withSessionExpiry(EXPIRY);
    }

    private static void publish(ServerCase server, String name, int from, int to) throws Exception {
        try (var publisher = client(server.url(), server.clean(name + "-p"))) {
            new Recorder().connect(publisher);
            for (int i = from; i < to; i++) {
                publisher.publish(Message.of(topic(name), "" + i)).get(60, SECONDS);
            }
        }
    }

    @EachServer
    void what_comes_while_the_client_is_away_is_there_afterwards_nothing_lost(ServerCase server) throws Exception {
        var name = unique("away");
        try (var before = client(server.url(), persistent(server, name))) {
            before.subscribe(TopicFilter.of(name), _ -> {});
            new Recorder().connect(before);
        }
        publish(server, name, 0, 50);
        var recorder = new Recorder();

        try (var after = client(server.url(), persistent(server, name))) {
            after.subscribe(SubscribeOptions.of(TopicFilter.of(name)).live(), recorder);
            recorder.connect(after).awaitMessages(50);
        }

        assertThat(recorder.events(Connected.class)).containsExactly(new Connected(true, server.protocol()));
        assertThat(recorder.texts())
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(Integer::toString).toList());
    }

    @EachServer
    void a_clean_session_forgets(ServerCase server) throws Exception {
        var name = unique("clean");
        try (var before = client(server.url(), server.clean(name))) {
            before.subscribe(TopicFilter.of(name), _ -> {});
            new Recorder().connect(before);
        }
        publish(server, name, 0, 1);
        var recorder = new Recorder();

        try (var after = client(server.url(), server.clean(name))) {
            after.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(after);
            publish(server, name, 1, 2);
            recorder.awaitMessages(1);
        }

        assertThat(recorder.texts()).containsExactly("1");
        assertThat(recorder.events(Connected.class)).containsExactly(new Connected(false, server.protocol()));
    }

    @EachServer
    void what_was_not_acknowledged_comes_again_as_a_duplicate(ServerCase server) throws Exception {
        var name = unique("unacknowledged");
        var recorder = new Recorder();
        var options = SubscribeOptions.of(TopicFilter.of(name)).withManualAcknowledgement();
        try (var before = client(server.url(), persistent(server, name))) {
            before.subscribe(options, _ -> {});
            new Recorder().connect(before);
        }
        // All at once: HiveMQ sends nothing new while it waits for acknowledgements.
        publish(server, name, 0, 4);
        try (var proxy = FaultProxy.before(server.url());
                var client = client(proxy.url(), persistent(server, name))) {
            client.subscribe(options, recorder);
            recorder.connect(client);
            recorder.awaitMessages(4);
            recorder.deliveries.getFirst().acknowledge();
            recorder.deliveries.getFirst().acknowledge();
            client.publish(Message.of(topic(name + "/fence"), "")).get(60, SECONDS);
            proxy.drop();
            // A connection that is dropped before its subscriptions are answered would not be counted.
            recorder.awaitMessages(7).awaitSubscribed(2);
            recorder.deliveries.subList(1, 7).forEach(Delivery::acknowledge);

            client.publish(Message.of(topic(name + "/fence"), "")).get(60, SECONDS);
            // Acknowledged are all of them now: nothing comes again, and new ones come.
            proxy.drop();
            recorder.awaitSubscribed(3);
            publish(server, name, 4, 5);
            recorder.awaitMessages(8);
        }
        assertThat(recorder.texts()).containsExactly("0", "1", "2", "3", "1", "2", "3", "4");
        assertThat(recorder.deliveries)
                .extracting(Delivery::duplicate)
                .containsExactly(false, false, false, false, true, true, true, false);
    }

    @EachServer
    void old_deliveries_never_block_the_acknowledgement_of_new_ones(ServerCase server) throws Exception {
        var name = unique("blocked");
        var recorder = new Recorder();
        try (var proxy = FaultProxy.before(server.url());
                var client = client(proxy.url(), persistent(server, name))) {
            client.subscribe(SubscribeOptions.of(TopicFilter.of(name)).withManualAcknowledgement(), recorder);
            recorder.connect(client);
            publish(server, name, 0, 1);
            recorder.awaitMessages(1);
            proxy.drop();
            recorder.awaitMessages(2);
            // Only the second copy is acknowledged; the first one died with its connection.
            recorder.deliveries.get(1).acknowledge();
            client.publish(Message.of(topic(name + "/fence"), "")).get(60, SECONDS);
            recorder.awaitSubscribed(2);
            proxy.drop();
            recorder.awaitSubscribed(3);
            publish(server, name, 1, 2);
            recorder.awaitMessages(3);
        }
        assertThat(recorder.texts()).containsExactly("0", "0", "1");
    }

    @ParameterizedTest(name = "session expiry {0} s, {1}")
    @CsvSource({"0,MQTT_5", "0,MQTT_3_1_1", "60,MQTT_5", "60,MQTT_3_1_1"})
    void what_waits_for_a_slow_listener_is_neither_lost_nor_doubled_when_the_connection_breaks(
            long expiry, ProtocolVersion protocol) throws Exception {
        var recorder = new Recorder();
        var gate = new CountDownLatch(1);
        var options = SessionOptions.clean("slow").withProtocol(protocol).withSessionExpiry(Duration.ofSeconds(expiry));
        try (var server = MosquittoServer.start();
                var proxy = FaultProxy.before(server.url());
                var publisher = client(server.url(), SessionOptions.clean("publisher"));
                var client = client(proxy.url(), options)) {
            client.subscribe(TopicFilter.of("a"), behind(gate, recorder));
            new Recorder().connect(client);
            new Recorder().connect(publisher);
            for (int i = 0; i < 10; i++) {
                publisher.publish(Message.of(topic("a"), "" + i)).get(60, SECONDS);
            }
            client.publish(Message.of(topic("fence"), "")).get(60, SECONDS);
            proxy.drop();
            await().until(() -> proxy.accepted() >= 2 && client.connected());
            client.publish(Message.of(topic("fence"), "")).get(60, SECONDS);
            gate.countDown();
            publisher.publish(Message.of(topic("a"), "last")).get(60, SECONDS);
            await().until(() -> recorder.texts().contains("last"));
        }
        // The one that the listener had already is not taken back; where the session lives it comes again.
        var texts = recorder.texts();
        assertThat(texts).contains("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "last");
        assertThat(texts.subList(1, texts.size()).stream().filter(text -> !text.equals("0")))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_waits_outlives_the_loss_of_its_session_and_the_next_broken_connection() throws Exception {
        var recorder = new Recorder();
        var events = new Recorder();
        var gate = new CountDownLatch(1);
        try (var server = MosquittoServer.start();
                var proxy = FaultProxy.before(server.url());
                var client = client(proxy.url(), SessionOptions.persistent("lost", EXPIRY))) {
            client.subscribe(TopicFilter.of("a"), behind(gate, recorder));
            events.connect(client);
            client.publish(Message.of(topic("a"), "1")).get(60, SECONDS);
            client.publish(Message.of(topic("a"), "2")).get(60, SECONDS);
            client.publish(Message.of(topic("fence"), "")).get(60, SECONDS);
            server.kill();
            await().until(() -> !client.connected());
            server.startAgain();
            await().until(client::connected);
            client.publish(Message.of(topic("fence"), "")).get(60, SECONDS);
            int before = proxy.accepted();
            proxy.drop();
            await().until(() -> proxy.accepted() > before && client.connected());
            client.publish(Message.of(topic("a"), "last")).get(60, SECONDS);
            gate.countDown();
            await().until(() -> recorder.texts().contains("last"));
            assertThat(events.events(Connected.class))
                    .extracting(Connected::sessionPresent)
                    .containsExactly(false, false, true);
        }
        assertThat(recorder.texts()).containsExactly("1", "2", "last");
    }

    /** A listener that waits at a gate with its first message. */
    private static MessageListener behind(CountDownLatch gate, Recorder recorder) {
        return delivery -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            recorder.onMessage(delivery);
        };
    }

    @EachServer
    void exactly_once_is_kept_over_broken_connections(ServerCase server) throws Exception {
        var name = unique("once");
        var recorder = new Recorder();
        try (var proxy = FaultProxy.before(server.url());
                var watcher = client(server.url(), server.clean(name + "-w"));
                var client = client(proxy.url(), persistent(server, name))) {
            watcher.subscribe(
                    SubscribeOptions.of(TopicFilter.of(name)).withQos(QualityOfService.EXACTLY_ONCE), recorder);
            recorder.connect(watcher);
            new Recorder().connect(client);
            var results = IntStream.range(0, 200)
                    .mapToObj(i -> {
                        if (i % 50 == 25) {
                            proxy.drop();
                        }
                        return client.publish(Message.to(topic(name))
                                .text("" + i)
                                .qos(QualityOfService.EXACTLY_ONCE)
                                .build());
                    })
                    .toList();
            for (var result : results) {
                result.get(60, SECONDS);
            }
            recorder.awaitMessages(200);
        }
        assertThat(recorder.texts()).doesNotHaveDuplicates().hasSize(200);
    }
}
