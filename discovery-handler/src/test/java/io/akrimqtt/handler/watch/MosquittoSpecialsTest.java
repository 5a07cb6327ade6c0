package io.akrimqtt.handler.watch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What only Mosquitto shows, or shows best. */
class MosquittoSpecialsTest {

    private static Watching watch(List<ServerUrl> servers, String... topics) {
        return Watching.of(servers).topics(topics).start();
    }

    @Test
    void a_killed_server_holds_the_list_and_is_read_again_when_it_is_back() {
        try (var server = MosquittoServer.start();
                var watch = watch(List.of(server.url()), "robots/+/joints").connected();
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE);

            server.kill();
            watch.until(() ->
                    assertThat(watch.current().servers().getFirst().connected()).isFalse());
            assertThat(watch.listed("robots/r7")).isTrue();

            server.startAgain();
            watch.connected();
            robot.isBorn();
            watch.during(
                    Duration.ofSeconds(3),
                    () -> assertThat(watch.listed("robots/r7")).isTrue());
            watch.untilPresence("robots/r7", Presence.ONLINE);
        }
    }

    @Test
    void case_54_two_thousand_retained_devices_are_found() throws Exception {
        try (var server = MosquittoServer.start()) {
            publishRetained(server.url(), 2_000);

            try (var watch = watch(List.of(server.url()), "robots/+/joints").connected()) {
                watch.until(() ->
                        assertThat(watch.current().devices()).hasSize(2_000).allMatch(TrackedDevice::listed));
            }
        }
    }

    private static void publishRetained(ServerUrl url, int count) throws Exception {
        try (var client =
                MqttPubSubClient.create(url, Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean("publisher"))) {
            client.connect();
            var published = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < count; i++) {
                published.add(client.publish(Message.to(TopicName.of("robots/n" + i + "/status"))
                        .text("online")
                        .retain(true)
                        .build()));
            }
            CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).get(60, SECONDS);
        }
    }

    @Test
    void case_56_a_filter_that_is_refused_is_named_and_the_others_work() {
        ClientFactory refusing = (url, credentials, tls, session) ->
                new RefusingClient(MqttPubSubClient.create(url, credentials, tls, session), "secret/+/x");
        try (var server = MosquittoServer.start();
                var watch = Watching.of(server.url())
                        .topics("robots/+/joints", "secret/+/x")
                        .clients(refusing)
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE);

            assertThat(robot).isNotNull();
            assertThat(watch.current().servers().getFirst().subscriptionProblems())
                    .containsExactly("secret/+/x: refused: not authorized");
        }
    }

    @Test
    void a_filter_that_is_granted_at_less_is_named() throws Exception {
        int port = FreePort.find();
        var limited = "listener " + port + " 127.0.0.1\nmax_qos 0";
        try (var server = MosquittoServer.options().line(limited).start();
                var watch = watch(List.of(ServerUrl.parse("tcp://localhost:" + port)), "robots/+/#")
                        .connected()) {
            assertThat(server).isNotNull();
            assertThat(watch.current().servers().getFirst().subscriptionProblems())
                    .singleElement()
                    .asString()
                    .contains("robots/+/#");
        }
    }

    @Test
    void case_60_a_server_that_is_not_there_is_told_and_the_other_works() {
        var nobody = ServerUrl.parse("tcp://localhost:1");
        try (var server = MosquittoServer.start();
                var watch =
                        watch(List.of(nobody, server.url()), "robots/+/joints").settled();
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE);

            assertThat(robot).isNotNull();
            var away = watch.current().servers().getFirst();
            assertThat(away.connected()).isFalse();
            assertThat(away.problem()).isNotEmpty();
            assertThat(watch.current().servers().getLast().problem()).isEmpty();
        }
    }

    @Test
    void case_85_wrong_credentials_are_told_and_tried_on() {
        try (var server = MosquittoServer.options().user("handler", "right").start();
                var watch = watch(List.of(server.url()), "robots/+/joints").settled()) {
            var health = watch.current().servers().getFirst();

            assertThat(health.connected()).isFalse();
            assertThat(health.problem()).isNotEmpty();
        }
    }

    @Test
    void case_61_two_names_of_one_server_show_each_device_once() {
        try (var server = MosquittoServer.start();
                var watch = watch(
                                List.of(server.url(), ServerUrl.parse("tcp://127.0.0.1:" + server.port())),
                                "robots/+/joints")
                        .connected();
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE);

            assertThat(watch.current().devices()).hasSize(1);
            robot.dies();
            watch.untilPresence("robots/r7", Presence.OFFLINE);
        }
    }

    @Test
    void two_nodes_watch_side_by_side() {
        try (var server = MosquittoServer.start();
                var one = Watching.of(server.url())
                        .topics("robots/+/joints")
                        .node("node-a")
                        .start()
                        .connected();
                var other = Watching.of(server.url())
                        .topics("robots/+/joints")
                        .node("node-b")
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            one.untilPresence("robots/r7", Presence.ONLINE);
            other.untilPresence("robots/r7", Presence.ONLINE);
            robot.dies();
            one.untilPresence("robots/r7", Presence.OFFLINE);
            other.untilPresence("robots/r7", Presence.OFFLINE);
        }
    }
}
