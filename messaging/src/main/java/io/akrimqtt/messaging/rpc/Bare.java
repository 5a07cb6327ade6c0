package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;

/** Requests that are nothing but their payload; on MQTT 5 what the caller wrote beside it, such as a trace, goes along. */
final class Bare {

    private Bare() {}

    /** @throws IllegalArgumentException where the command's name is no topic level */
    static Message request(TopicTemplate template, CommandRequest asked) {
        var message = Message.to(
                        template.fill(CommandTopics.COMMAND, asked.command()).topic())
                .payload(asked.payload().bytes())
                .contentType(asked.payload().contentType().orElse(null))
                .expiry(asked.timeout());
        asked.properties().forEach(property -> message.userProperty(property.name(), property.value()));
        return message.build();
    }

    /** Whether this call was sent and its answer comes at that topic. */
    static boolean answeredAt(TopicTemplate response, Call call, TopicName topic) {
        return call.sent()
                && response.fill(CommandTopics.COMMAND, call.request().command())
                        .topic()
                        .equals(topic);
    }
}
