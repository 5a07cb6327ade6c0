package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.Recorder.unique;
import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.client.ConnectionEvent.Connected;
import io.akrimqtt.messaging.client.ConnectionEvent.Disconnected;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
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
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectTest {

    private static final ServerUrl NOBODY = ServerUrl.parse("tcp://localhost:1");

    @ParameterizedTest
    @EnumSource
    void a_restarted_server_is_found_again_and_everything_subscribed(ProtocolVersion protocol) throws Exception {
        var recorder = new Recorder();
        try (var server = MosquittoServer.start();
                var client =
                        client(server.url(), SessionOptions.clean("restart").withProtocol(protocol))) {
            client.subscribe(TopicFilter.of("a/#"), recorder);
            recorder.connect(client);
            server.kill();
            recorder.awaitEvent(Disconnected.class, _ -> true);
            assertThat(client.connected()).isFalse();
            server.startAgain();
            recorder.awaitSubscribed(2);
            client.publish(Message.of(topic("a/b"), "after")).get(60, SECONDS);
            recorder.awaitMessages(1);
        }
        assertThat(recorder.texts()).containsExactly("after");
        assertThat(recorder.events(Connected.class)).hasSize(2);
    }

    @Test
    void a_server_that_starts_later_is_found() {
        var recorder = new Recorder();
        try (var server = MosquittoServer.start()) {
            server.stop();
            try (var client = client(server.url(), SessionOptions.clean("later"))) {
                client.onConnection(recorder.events::add);
                client.connect();
                client.connect();
                var down = recorder.awaitEvent(Disconnected.class, _ -> true);
                server.startAgain();
                recorder.awaitEvent(Connected.class, _ -> true);
                assertThat(down.reason()).startsWith("nobody answers: ").contains("Connection refused");
                assertThat(down.refused()).isFalse();
                assertThat(down.takenOver()).isFalse();
            }
        }
    }

    @EachServer
    void what_is_published_without_a_connection_arrives_in_order_afterwards(ServerCase server) throws Exception {
        var name = unique("waiting");
        var recorder = new Recorder();
        try (var proxy = FaultProxy.before(server.url());
                var watcher = client(server.url(), server.clean(name + "-w"));
                var client = client(proxy.url(), server.clean(name).withSessionExpiry(Duration.ofMinutes(1)))) {
            watcher.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(watcher);
            var first = client.publish(Message.of(topic(name), "0"));
            new Recorder().connect(client);
            first.get(60, SECONDS);
            proxy.cut();
            await().until(() -> !client.connected());
            var results = IntStream.range(1, 100)
                    .mapToObj(i -> client.publish(Message.of(topic(name), "" + i)))
                    .toList();
            proxy.heal();
            for (var result : results) {
                result.get(60, SECONDS);
            }
            recorder.awaitMessages(100);
        }
        assertThat(recorder.texts())
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    @EachServer
    void a_flood_over_breaking_connections_arrives_at_least_once(ServerCase server) throws Exception {
        var name = unique("flood");
        var recorder = new Recorder();
        try (var proxy = FaultProxy.before(server.url());
                var watcher = client(server.url(), server.clean(name + "-w"));
                var client = client(proxy.url(), server.clean(name))) {
            watcher.subscribe(SubscribeOptions.of(TopicFilter.of(name)), recorder);
            recorder.connect(watcher);
            new Recorder().connect(client);
            var results = IntStream.range(0, 2_000)
                    .mapToObj(i -> {
                        if (i % 500 == 250) {
                            proxy.drop();
                        }
                        return client.publish(Message.of(topic(name), "" + i));
                    })
                    .toList();
            for (var result : results) {
                result.get(60, SECONDS);
            }
            await().until(() -> recorder.texts().stream().distinct().count() == 2_000);
        }
    }

    @Test
    void only_so_many_messages_wait() {
        try (var client = client(NOBODY, SessionOptions.clean("bound").withMaxPending(3))) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.publish(Message.of(topic("a"), ""))).isNotDone();
            }
            assertThatThrownBy(() -> client.publish(Message.of(topic("a"), "")).get(60, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            MessagingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT))
                    .hasMessage("publish to 'a': too many messages are waiting");
        }
    }

    @Test
    void what_waits_fails_when_the_client_is_closed() {
        var client = client(NOBODY, SessionOptions.clean("closed"));
        var waiting = client.publish(Message.of(topic("a"), ""));
        var subscription = client.subscribe(TopicFilter.of("a"), _ -> {});
        client.connect();
        client.close();
        client.close();
        assertThatThrownBy(() -> waiting.get(60, SECONDS)).hasMessageContaining("the client was closed");
        assertThatThrownBy(() -> client.publish(Message.of(topic("a"), "")).get(60, SECONDS))
                .hasMessageContaining("the client was closed");
        assertThatThrownBy(() -> subscription.granted().get(60, SECONDS)).hasMessageContaining("closed");
    }

    @Test
    void a_message_whose_expiry_passes_while_it_waits_is_not_sent() throws Exception {
        var recorder = new Recorder();
        try (var server = MosquittoServer.start();
                var client = client(server.url(), SessionOptions.clean("expiry"))) {
            client.subscribe(TopicFilter.of("a"), recorder);
            var stale = client.publish(Message.to(topic("a"))
                    .text("stale")
                    .expiry(Duration.ofNanos(1))
                    .build());
            var fresh = client.publish(Message.to(topic("a"))
                    .text("fresh")
                    .expiry(Duration.ofMinutes(1))
                    .build());
            recorder.connect(client);
            fresh.get(60, SECONDS);
            recorder.awaitMessages(1);
            assertThatThrownBy(() -> stale.get(60, SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            MessagingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        }
        assertThat(recorder.texts()).containsExactly("fresh");
    }

    @EachServer
    void two_clients_with_one_id_are_told_and_slow_down(ServerCase server) {
        var name = unique("twins");
        var first = new Recorder();
        var second = new Recorder();
        try (var one = client(server.url(), server.clean(name));
                var two = client(server.url(), server.clean(name))) {
            first.connect(one);
            two.onConnection(second.events::add);
            two.connect();
            await().until(() -> first.events(Disconnected.class).stream().anyMatch(Disconnected::takenOver)
                    || second.events(Disconnected.class).stream().anyMatch(Disconnected::takenOver));
        }
        // Each lost the connection at most twice before one of them gave way for a minute.
        assertThat(first.events(Connected.class).size()
                        + second.events(Connected.class).size())
                .isLessThan(8);
    }

    @EachServer
    void a_black_hole_is_noticed_by_the_keep_alive(ServerCase server) {
        var recorder = new Recorder();
        var options = server.clean(unique("hole")).withKeepAlive(Duration.ofSeconds(1));
        try (var proxy = FaultProxy.before(server.url());
                var client = client(proxy.url(), options)) {
            recorder.connect(client);
            proxy.blackHole();
            var event = recorder.awaitEvent(Disconnected.class, _ -> true);
            assertThat(event.refused()).isFalse();
            proxy.heal();
            await().until(() -> recorder.events(Connected.class).size() >= 2);
        }
    }

    @EachServer
    void a_slow_listener_holds_the_server_back_and_loses_nothing(ServerCase server) throws Exception {
        var name = unique("slow");
        int count = 4_096 * 3;
        var recorder = new Recorder();
        var gate = new CountDownLatch(1);
        try (var publisher = client(server.url(), server.clean(name + "-p").withMaxPending(count + 1));
                var client = client(server.url(), server.clean(name))) {
            client.subscribe(SubscribeOptions.of(TopicFilter.of(name)).withQos(QualityOfService.AT_MOST_ONCE), it -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    return;
                }
                recorder.onMessage(it);
            });
            new Recorder().connect(client);
            new Recorder().connect(publisher);
            var results = IntStream.range(0, count)
                    .mapToObj(i -> publisher.publish(Message.to(topic(name))
                            .text("" + i)
                            .qos(QualityOfService.AT_MOST_ONCE)
                            .build()))
                    .toList();
            for (var result : results) {
                result.get(60, SECONDS);
            }
            gate.countDown();
            recorder.awaitMessages(count);
        }
        assertThat(recorder.texts())
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
}
