package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.dispatch.CommandDispatcher;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.InstantSource;
import java.util.List;

/**
 * Commands that come over MQTT on the workload's own topics: they go to the device, and its final answer is published where one
 * is wanted.
 *
 * <p>An MQTT 5 client sends {@code <state>/commands/<command>}: the answer goes to its Response Topic with its correlation data,
 * the status is the user property {@code __stat}. Any client sends {@code <state>/commands/<request>/<command>}: the answer goes
 * to {@code <state>/responses/<request>/<status>}. Without a Response Topic, or with an empty request level, no answer is wanted.
 *
 * <p>Retained requests are left out: a command is for once. States on the way are not told, since a plain MQTT client takes
 * the first message for the answer.
 */
public final class CommandInbox {

    private static final PayloadCodec<Payload> BYTES = new PayloadCodec<>() {
        @Override
        public Message encode(TopicName topic, Payload value) {
            return Message.to(topic)
                    .payload(value.bytes())
                    .contentType(value.contentType().orElse(null))
                    .build();
        }

        @Override
        public Payload decode(Message message) {
            return Payload.of(message.payload(), message.contentType().orElse(null));
        }
    };

    private CommandInbox() {}

    /** Subscribes one client, before it connects; answers go out through it too. */
    public static CommandDispatcher<Payload> open(
            PubSubClient client, WorkloadTopics topics, DeviceCommands commands, InstantSource clock) {
        return CommandDispatcher.start(
                client,
                BYTES,
                List.of(
                        new InboxRouter(new RequestForm.ResponseTopic(topics), commands, client, clock),
                        new InboxRouter(new RequestForm.TopicIds(topics), commands, client, clock)));
    }
}
