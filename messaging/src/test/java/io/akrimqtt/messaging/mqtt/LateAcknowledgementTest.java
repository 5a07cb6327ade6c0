package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.Recorder.unique;
import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The library's issue 796: a message that was not acknowledged when its connection broke keeps back all later acknowledgements of
 * the same client object, those of its own second copy included.
 */
class LateAcknowledgementTest {

    private static final int ROUNDS = 3;

    /** With MQTT 5 in all cases: the library keeps one state for both versions. */
    @EachServer
    void the_bare_library_never_acknowledges_again_which_is_why_we_end_what_a_connection_leaves_open(ServerCase server)
            throws Exception {
        var name = unique("bare");
        List<Mqtt5Publish> came = new CopyOnWriteArrayList<>();
        try (var proxy = FaultProxy.before(server.url())) {
            var bare = MqttClient.builder()
                    .useMqttVersion5()
                    .identifier(name)
                    .serverHost("localhost")
                    .serverPort(proxy.url().port())
                    .buildAsync();
            bare.publishes(MqttGlobalPublishFilter.ALL, came::add, true);
            connect(bare);
            bare.subscribeWith()
                    .topicFilter(name)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send()
                    .get(60, SECONDS);
            publish(server, name, "first");
            await().until(() -> came.size() == 1);

            for (int round = 2; round <= ROUNDS; round++) {
                proxy.drop();
                await().until(() -> !bare.getState().isConnected());
                connect(bare);
                int copies = round;
                await().until(() -> came.size() == copies);
                came.getLast().acknowledge();
                // Behind this nothing of the acknowledgement can be under way any more.
                bare.publishWith()
                        .topic(name + "/fence")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send()
                        .get(60, SECONDS);
            }
            assertThat(came)
                    .extracting(LateAcknowledgementTest::text)
                    .containsOnly("first")
                    .hasSize(ROUNDS);
            bare.disconnect().get(60, SECONDS);
        }
    }

    @EachServer
    void ours_acknowledges_the_second_copy_and_it_never_comes_a_third_time(ServerCase server) throws Exception {
        var name = unique("ours");
        var recorder = new Recorder();
        var options = server.clean(name).withSessionExpiry(Duration.ofMinutes(5));
        try (var proxy = FaultProxy.before(server.url());
                var ours = client(proxy.url(), options)) {
            ours.subscribe(SubscribeOptions.of(TopicFilter.of(name)).withManualAcknowledgement(), recorder);
            recorder.connect(ours);
            publish(server, name, "first");
            recorder.awaitMessages(1);

            for (int round = 2; round <= ROUNDS; round++) {
                proxy.drop();
                recorder.awaitSubscribed(round);
                // The first copy too, late: it died with its connection, and must not count for the second.
                recorder.awaitMessages(2).deliveries.forEach(Delivery::acknowledge);
                ours.publish(Message.of(topic(name + "/fence"), "")).get(60, SECONDS);
            }
            publish(server, name, "last");
            recorder.awaitMessages(3);
        }
        assertThat(recorder.texts()).containsExactly("first", "first", "last");
    }

    private static String text(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), UTF_8);
    }

    private static void connect(Mqtt5AsyncClient bare) throws Exception {
        bare.connectWith().cleanStart(false).sessionExpiryInterval(300).send().get(60, SECONDS);
    }

    private static void publish(ServerCase server, String name, String text) throws Exception {
        try (var publisher = client(server.url(), server.clean(name + "-p"))) {
            new Recorder().connect(publisher);
            publisher.publish(Message.of(topic(name), text)).get(60, SECONDS);
        }
    }
}
