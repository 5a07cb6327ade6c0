package io.akrimqtt.monitor;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.CommandExecutor;
import io.akrimqtt.messaging.rpc.CommandReply;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.ExecutorOptions;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device with an executor of ours: it says when it sleeps, and writes down what it does. */
final class QueuedDevice implements AutoCloseable {

    private final String id;
    private final PubSubClient client;
    private final List<String> done = new CopyOnWriteArrayList<>();

    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private QueuedDevice(String id, PubSubClient client) {
        this.id = id;
        this.client = client;
    }

    static QueuedDevice start(ServerUrl server, String id, CommandTopics topics) {
        return start(server, ProtocolVersion.MQTT_5, id, topics, ExecutorOptions.DEFAULT);
    }

    /** One that takes and gives CloudEvents in JSON. */
    static QueuedDevice byEnvelope(ServerCase on, String id) {
        return start(on.url(), on.protocol(), id, byResponseTopic(id), ExecutorOptions.DEFAULT.withEnvelope(true));
    }

    private static QueuedDevice start(
            ServerUrl server, ProtocolVersion protocol, String id, CommandTopics topics, ExecutorOptions options) {
        var session = SessionOptions.persistent("device-" + id.hashCode(), Duration.ofMinutes(5))
                .withProtocol(protocol);
        var client = MqttPubSubClient.create(server, Credentials.NONE, TlsOptions.DEFAULT, session);
        var device = new QueuedDevice(id, client);
        var _ = CommandExecutor.create(
                client,
                topics,
                Map.of("do", request -> {
                    device.done.add(request.payload().text());
                    return CommandReply.ok(request.payload());
                }),
                options,
                InstantSource.system());
        // The executor does them at the same time: what it does first is not what came first.
        client.subscribe(
                topics.request().filter(),
                delivery -> device.arrived.add(delivery.message().text()));
        client.connect();
        return device;
    }

    static CommandTopics byResponseTopic(String id) {
        return new CommandTopics(TopicTemplate.of(id + "/cmd/{command}"), null);
    }

    static CommandTopics byTopicIds(String id) {
        return new CommandTopics(
                TopicTemplate.of(id + "/cmd/{request}/{command}"), TopicTemplate.of(id + "/res/{request}/{status}"));
    }

    /** Says online, sleeping or offline, retained. */
    void says(String word) {
        client.publish(Message.to(TopicName.of(id + "/status"))
                        .text(word)
                        .retain(true)
                        .build())
                .join();
    }

    /** The payloads of what came, in their order. */
    List<String> arrived() {
        return arrived;
    }

    /** The payloads of what it has done. */
    List<String> done() {
        return done;
    }

    @Override
    public void close() {
        client.close();
    }
}
