package io.akrimqtt.handler.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

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

    /** Connects one. */
    static TestDevice connect(ServerUrl server, String topic) {
        var line = FaultProxy.before(server);
        var will = Message.to(TopicName.of(topic + "/status"))
                .payload("offline".getBytes(UTF_8))
                .retain(true)
                .build();
        var session = SessionOptions.clean(
                        "device-" + UUID.randomUUID().toString().substring(0, 8))
                .withWill(will);
        var client = MqttPubSubClient.create(line.url(), Credentials.NONE, TlsOptions.DEFAULT, session);
        client.connect();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(client::connected);
        return new TestDevice(topic, line, client);
    }

    /** Publishes below its topic, at least once; returns when the server has it. */
    TestDevice publishes(String level, String text, boolean retain) {
        try {
            client.publish(Message.to(TopicName.of(topic + "/" + level))
                            .text(text)
                            .retain(retain)
                            .build())
                    .get(20, SECONDS);
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
    }

    /** Its line is cut, and it is back at once. */
    TestDevice blinks() {
        line.drop();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !client.connected());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(client::connected);
        return isBorn();
    }

    @Override
    public void close() {
        client.close();
        line.close();
    }
}
