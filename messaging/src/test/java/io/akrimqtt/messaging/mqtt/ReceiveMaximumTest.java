package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.ConnectPackets.RECEIVE_MAXIMUM;
import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.ScriptedServer.send;
import static io.akrimqtt.messaging.mqtt.ScriptedServer.silence;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent.Disconnected;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Servers that send more at a time than they were told they may. */
class ReceiveMaximumTest {

    private static final int CONNECT = 1;
    private static final int SUBSCRIBE = 8;

    private static SubscribeOptions all() {
        return SubscribeOptions.of(TopicFilter.of("a"))
                .withQos(QualityOfService.AT_LEAST_ONCE)
                .withManualAcknowledgement();
    }

    private static SessionOptions five(String clientId) {
        return SessionOptions.clean(clientId).withProtocol(ProtocolVersion.MQTT_5);
    }

    /** Up to 2.0.12 it sends all that it has queued as soon as the first message is acknowledged. */
    @Test
    void what_mosquitto_has_queued_ends_no_connection() throws Exception {
        // Fewer than Mosquitto sends and queues.
        int flood = RECEIVE_MAXIMUM + 100;
        var recorder = new Recorder();
        try (var server = MosquittoServer.start();
                var subscriber = client(server.url(), five("flooded"));
                var publisher = client(server.url(), five("flood"))) {
            subscriber.subscribe(all(), recorder);
            recorder.connect(subscriber);
            new Recorder().connect(publisher);
            var published = IntStream.range(0, flood)
                    .mapToObj(number -> publisher.publish(Message.of(topic("a"), Integer.toString(number))))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(published).get(60, SECONDS);
            recorder.awaitMessages(RECEIVE_MAXIMUM);

            recorder.deliveries.getFirst().acknowledge();
            // The first that is more than it may send, where it sends too many.
            recorder.awaitMessages(RECEIVE_MAXIMUM + 1);
            for (int next = 1; next < flood; next++) {
                recorder.awaitMessages(next + 1).deliveries.get(next).acknowledge();
            }
        }
        assertThat(recorder.events(Disconnected.class)).isEmpty();
        assertThat(recorder.texts())
                .containsSubsequence(
                        IntStream.range(0, flood).mapToObj(Integer::toString).toList());
    }

    @Test
    void a_server_that_does_not_count_at_all_is_borne_and_was_told_all_the_same() throws Exception {
        int flood = 2 * RECEIVE_MAXIMUM;
        var recorder = new Recorder();
        try (var server = new ScriptedServer((_, type, body) -> switch (type) {
                    case CONNECT -> send(0x20, 3, 0, 0, 0);
                    case SUBSCRIBE -> answered(body, flood);
                    default -> silence();
                });
                var client = client(server.url(), five("borne"))) {
            client.subscribe(all(), recorder);
            recorder.connect(client).awaitMessages(flood);
            recorder.deliveries.forEach(Delivery::acknowledge);

            assertThat(recorder.events(Disconnected.class)).isEmpty();
            assertThat(server.connects)
                    .singleElement()
                    .satisfies(connect ->
                            assertThat(connect).containsSequence(0x21, RECEIVE_MAXIMUM >> 8, RECEIVE_MAXIMUM & 0xff));
        }
    }

    /** The answer to a subscription, and so many messages behind it. */
    private static List<byte[]> answered(byte[] subscribe, int messages) {
        var packets = new ArrayList<>(send(0x90, 4, subscribe[0], subscribe[1], 0, 1));
        for (int id = 1; id <= messages; id++) {
            packets.addAll(send(0x32, 6, 0, 1, 'a', id >> 8, id & 0xff, 0));
        }
        return packets;
    }
}
