package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.Recorder.unique;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent.Connected;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.List;

class RoundTripTest {

    @EachServer
    void messages_of_every_quality_of_service_come_back(ServerCase server) throws Exception {
        var name = unique("round-trip");
        var recorder = new Recorder();
        try (var client = client(server.url(), server.clean(name))) {
            client.subscribe(
                    SubscribeOptions.of(TopicFilter.of(name + "/#")).withQos(QualityOfService.EXACTLY_ONCE), recorder);
            recorder.connect(client);
            for (var qos : QualityOfService.values()) {
                client.publish(Message.to(topic(name + "/a"))
                                .text("q" + qos.code())
                                .qos(qos)
                                .build())
                        .get(60, SECONDS);
            }
            recorder.awaitMessages(3);
        }
        assertThat(recorder.texts()).containsExactlyInAnyOrder("q0", "q1", "q2");
        assertThat(recorder.messages()).extracting(Message::qos).containsExactlyInAnyOrder(QualityOfService.values());
        assertThat(recorder.events(Connected.class)).containsExactly(new Connected(false, server.protocol()));
    }

    @EachServer
    void properties_travel_on_mqtt_5_and_are_dropped_on_3(ServerCase server) throws Exception {
        var name = unique("properties");
        var recorder = new Recorder();
        var message = Message.to(topic(name))
                .text("x")
                .contentType("text/x")
                .responseTopic(topic("answers/here"))
                .correlationData(new byte[] {1, 2, 3})
                .expiry(Duration.ofSeconds(60))
                .userProperty("a", "1")
                .userProperty("a", "2")
                .build();
        try (var client = client(server.url(), server.clean(name))) {
            client.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(client);
            client.publish(message).get(60, SECONDS);
            recorder.awaitMessages(1);
        }
        var got = recorder.messages().getFirst();
        assertThat(got.contentType().isPresent()).isEqualTo(server.mqtt5());
        assertThat(got.userProperties()).isEqualTo(server.mqtt5() ? message.userProperties() : List.of());
        if (server.mqtt5()) {
            assertThat(got.responseTopic()).contains(topic("answers/here"));
            assertThat(got.correlationData().orElseThrow()).containsExactly(1, 2, 3);
            assertThat(got.expiry().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        }
    }
}
