package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.ScriptedServer.CLOSE;
import static io.akrimqtt.messaging.mqtt.ScriptedServer.send;
import static io.akrimqtt.messaging.mqtt.ScriptedServer.silence;
import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent.Connected;
import io.akrimqtt.messaging.client.ConnectionEvent.Disconnected;
import io.akrimqtt.messaging.client.ConnectionEvent.Subscribed;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client does with servers that real ones cannot be made to be. */
class UnusualServerTest {

    private static final int CONNECT = 1;
    private static final int SUBSCRIBE = 8;

    /** The protocol level stands behind "MQTT" and its length, the flags behind it. */
    private static final int LEVEL = 6;

    private static final int FLAGS = 7;
    private static final int CLEAN = 2;

    private static final List<byte[]> ACCEPT_5 = send(0x20, 3, 0, 0, 0);
    private static final List<byte[]> ACCEPT_3 = send(0x20, 2, 0, 0);

    private static Recorder connect(ScriptedServer server, SessionOptions options, Class<? extends Object> until) {
        var recorder = new Recorder();
        try (var client = Recorder.client(server.url(), options)) {
            client.subscribe(
                    SubscribeOptions.of(TopicFilter.of("a")).withQos(QualityOfService.AT_LEAST_ONCE), recorder);
            client.onConnection(recorder.events::add);
            client.connect();
            await().until(() -> recorder.events.stream().anyMatch(until::isInstance));
        }
        return recorder;
    }

    @Test
    void a_server_that_refuses_version_5_is_spoken_to_in_3_1_1() throws Exception {
        try (var server = new ScriptedServer((_, type, body) -> {
            if (type != CONNECT) {
                return silence();
            }
            return body[LEVEL] == 4 ? ACCEPT_3 : send(0x20, 2, 0, 1);
        })) {
            var recorder = connect(server, SessionOptions.clean("old"), Connected.class);

            assertThat(recorder.events(Connected.class))
                    .containsExactly(new Connected(false, ProtocolVersion.MQTT_3_1_1));
            assertThat(server.connects).hasSize(2);
        }
    }

    @Test
    void a_server_that_refuses_with_its_own_reason_code_too() throws Exception {
        try (var server = new ScriptedServer((_, type, body) -> {
            if (type != CONNECT) {
                return silence();
            }
            return body[LEVEL] == 4 ? ACCEPT_3 : send(0x20, 3, 0, 0x84, 0);
        })) {
            assertThat(connect(server, SessionOptions.clean("code"), Connected.class)
                            .events(Disconnected.class))
                    .extracting(Disconnected::reason)
                    .containsExactly("the MQTT server refused the connection: unsupported protocol version");
        }
    }

    @Test
    void a_server_that_closes_without_an_answer_is_asked_with_5_first_and_most_often() throws Exception {
        try (var server = new ScriptedServer((connection, type, _) -> {
            if (type != CONNECT) {
                return silence();
            }
            return connection < 5 ? CLOSE : ACCEPT_5;
        })) {
            var recorder = connect(server, SessionOptions.clean("closing"), Connected.class);

            assertThat(server.connects)
                    .extracting(connect -> (int) connect[LEVEL])
                    .containsExactly(5, 5, 5, 4, 5);
            assertThat(recorder.events(Connected.class)).containsExactly(new Connected(false, ProtocolVersion.MQTT_5));
        }
    }

    @Test
    void a_version_that_was_asked_for_is_never_left() throws Exception {
        try (var server = new ScriptedServer((connection, type, _) -> {
            if (type != CONNECT) {
                return silence();
            }
            return connection < 3 ? send(0x20, 3, 0, 0x84, 0) : ACCEPT_5;
        })) {
            connect(server, SessionOptions.clean("five").withProtocol(ProtocolVersion.MQTT_5), Connected.class);

            assertThat(server.connects)
                    .extracting(connect -> (int) connect[LEVEL])
                    .containsOnly(5);
        }
    }

    @Test
    void poison_in_a_persistent_session_is_discarded_with_the_session_and_not_met_for_ever() throws Exception {
        // A message at least once to the topic "#", which no topic may be.
        var poison = send(0x32, 6, 0, 1, '#', 0, 1, 0);
        try (var server = new ScriptedServer((_, type, body) -> switch (type) {
            case CONNECT ->
                (body[FLAGS] & CLEAN) != 0
                        ? ACCEPT_5
                        : List.of(send(0x20, 3, 1, 0, 0).getFirst(), poison.getFirst());
            case SUBSCRIBE -> send(0x90, 4, body[0], body[1], 0, 1);
            default -> silence();
        })) {
            var options =
                    SessionOptions.persistent("poison", Duration.ofMinutes(1)).withProtocol(ProtocolVersion.MQTT_5);
            var recorder = connect(server, options, Subscribed.class);

            assertThat(server.connects)
                    .extracting(connect -> connect[FLAGS] & CLEAN)
                    .containsExactly(0, 0, CLEAN);
            assertThat(recorder.events(Disconnected.class))
                    .extracting(Disconnected::reason)
                    .allMatch(reason -> reason.startsWith("the MQTT server sent what MQTT does not allow: "));
        }
    }

    @Test
    void a_lower_quality_of_service_than_asked_for_is_told() throws Exception {
        try (var server = new ScriptedServer((_, type, body) -> switch (type) {
                    case CONNECT -> ACCEPT_5;
                    case SUBSCRIBE -> send(0x90, 4, body[0], body[1], 0, 0);
                    default -> silence();
                });
                var client = Recorder.client(server.url(), SessionOptions.clean("lower"))) {
            var subscription = client.subscribe(TopicFilter.of("a"), _ -> {});
            new Recorder().connect(client);

            assertThat(subscription.granted()).isCompleted();
            assertThat(subscription.problem())
                    .contains("subscription 'a': the MQTT server grants quality of service 0 in place of 1");
        }
    }
}
