package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.dispatch.CommandDispatcher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.InstantSource;
import java.util.List;

/**
 * Commands that come over MQTT on the workload's own topics: they take the way of all commands, by the same rules and limits, and
 * what becomes of them is published where their caller wants it.
 *
 * <p>An MQTT 5 client sends {@code <state>/commands/<command>}: the answer goes to its Response Topic with its correlation data,
 * the status is the user property {@code __stat}. Any client sends {@code <state>/commands/<request>/<command>}: the answer goes
 * to {@code <state>/responses/<request>/<status>}. Without a Response Topic, or with an empty request level, no answer is wanted.
 *
 * <p>States on the way are told to whom asks for them, by the user property {@code states=yes} or by {@code follow} in place of
 * {@code commands}: a plain client takes the first message for the answer. Retained requests are left out: a command is for once.
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
            PubSubClient client,
            WorkloadTopics topics,
            DeviceCommands commands,
            AccessRules rules,
            InstantSource clock) {
        var replies = new ReplySender(client, clock);
        List<RequestForm> forms = List.of(
                new RequestForm.ResponseTopic(topics),
                new RequestForm.TopicIds(topics, false),
                new RequestForm.TopicIds(topics, true));
        return CommandDispatcher.start(
                client,
                BYTES,
                forms.stream()
                        .<CommandRouter<Payload>>map(form -> new InboxRouter(form, commands, rules, replies))
                        .toList());
    }

    /** Tells callers over MQTT of commands that an earlier process took from them. */
    public static void resume(
            PubSubClient client, WorkloadTopics topics, DeviceCommands commands, InstantSource clock) {
        var replies = new ReplySender(client, clock);
        commands.onRestored(order -> Reply.parse(order.reply())
                .filter(reply -> !topics.isCommand(reply.topic()))
                .map(reply -> replies.to(reply, order)));
    }
}
