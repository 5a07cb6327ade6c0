package io.akrimqtt.handler.watch;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A device with a Last Will of {@code offline}, retained, behind a proxy that can cut its line. */
final class TestDevice implements AutoCloseable {

    private final String topic;
    private final FaultProxy line;
    private final PubSubClient client;

    private TestDevice(String topic, FaultProxy line, PubSubClient client) {
        this.topic = topic;
        this.line = line;
        this.client = client;
    }

    /** A first level of topics that no other test has. */
    static String area() {
        return "area-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Connects one. */
    static TestDevice connect(ServerUrl server, String topic) {
        return connect(server, topic, will(topic + "/status", "offline", true));
    }

    /** Connects one with another will. */
    static TestDevice connect(ServerUrl server, String topic, Message will) {
        return connect(server, topic, session -> session.withWill(will));
    }

    /** Connects one with other ways. */
    static TestDevice connect(ServerUrl server, String topic, UnaryOperator<SessionOptions> ways) {
        var line = FaultProxy.before(server);
        var id = "device-" + UUID.randomUUID().toString().substring(0, 8);
        var session = ways.apply(
                SessionOptions.clean(id).withProtocol(ProtocolVersion.MQTT_5).withWill(null));
        var client = MqttPubSubClient.create(line.url(), Credentials.NONE, TlsOptions.DEFAULT, session);
        client.connect();
        await().until(client::connected);
        return new TestDevice(topic, line, client);
    }

    /** A will at least once. */
    static Message will(String topic, String word, boolean retain) {
        return Message.to(TopicName.of(topic))
                .payload(word.getBytes(UTF_8))
                .retain(retain)
                .build();
    }

    /** Publishes below its topic, at least once; returns when the server has it. */
    TestDevice publishes(String level, String text, boolean retain) {
        return publishes(level, text, retain, QualityOfService.AT_LEAST_ONCE);
    }

    /** Publishes below its topic; returns when the server has it, or, at quality of service 0, when it is written. */
    TestDevice publishes(String level, String text, boolean retain, QualityOfService qos) {
        try {
            client.publish(Message.to(TopicName.of(topic + "/" + level))
                            .text(text)
                            .retain(retain)
                            .qos(qos)
                            .build())
                    .get(60, SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the device can not publish", e);
        }
        return this;
    }

    /** Announces itself, retained. */
    TestDevice isBorn() {
        return publishes("status", "online", true);
    }

    /** Its line is cut: the server publishes its will. */
    void dies() {
        line.cut();
        await().until(() -> !client.connected());
    }

    /** Its line swallows everything: the server does not notice that it is gone. */
    void hangs() {
        line.blackHole();
    }

    /** Its line works again, and it is connected. */
    TestDevice isBack() {
        line.heal();
        await().until(client::connected);
        return this;
    }

    /** Its line is cut, and it is back at once. */
    TestDevice blinks() {
        dies();
        return isBack().isBorn();
    }

    /** Disconnects cleanly, which takes its will back. */
    @Override
    public void close() {
        client.close();
        line.close();
    }
}
