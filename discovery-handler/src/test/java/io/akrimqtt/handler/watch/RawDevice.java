package io.akrimqtt.handler.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.akrimqtt.messaging.client.ServerUrl;

/** A client of MQTT 5 that does what ours has no use for; each call returns when the server has answered. */
final class RawDevice implements AutoCloseable {

    private final String topic;
    private final Mqtt5BlockingClient client;

    private RawDevice(String topic, Mqtt5BlockingClient client) {
        this.topic = topic;
        this.client = client;
    }

    static RawDevice of(ServerUrl server, String id, String topic) {
        return new RawDevice(
                topic,
                MqttClient.builder()
                        .useMqttVersion5()
                        .identifier(id)
                        .serverHost(server.host())
                        .serverPort(server.port())
                        .buildBlocking());
    }

    /** Connects with a retained will of {@code offline} that the server delays, and a session that lasts as long. */
    RawDevice connectsWithWill(int delaySeconds) {
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(60)
                .willPublish()
                .topic(topic + "/status")
                .payload("offline".getBytes(UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .delayInterval(delaySeconds)
                .applyWillPublish()
                .send();
        return this;
    }

    /** Connects and wipes the session that the server holds for its id. */
    RawDevice connectsAnew() {
        client.connectWith().cleanStart(true).send();
        return this;
    }

    RawDevice connectsAs(String user, String password) {
        client.connectWith()
                .simpleAuth()
                .username(user)
                .password(password.getBytes(UTF_8))
                .applySimpleAuth()
                .send();
        return this;
    }

    /** Connects to the session that the server holds for its id, and keeps it. */
    RawDevice resumes() {
        client.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
        return this;
    }

    RawDevice unsubscribes(String filter) {
        client.unsubscribeWith().topicFilter(filter).send();
        return this;
    }

    RawDevice isBorn() {
        return publishes("status", "online", true, 0);
    }

    /** @param expirySeconds after how long the message is not kept any more; zero for never */
    RawDevice publishes(String level, String text, boolean retain, int expirySeconds) {
        var publish = client.publishWith()
                .topic(topic + "/" + level)
                .payload(text.getBytes(UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain);
        (expirySeconds == 0 ? publish : publish.messageExpiryInterval(expirySeconds)).send();
        return this;
    }

    /** Ends the connection, and has the will published. */
    void leavesWithWill() {
        client.disconnectWith()
                .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                .send();
    }

    @Override
    public void close() {
        if (client.getState().isConnected()) {
            client.disconnect();
        }
    }
}
