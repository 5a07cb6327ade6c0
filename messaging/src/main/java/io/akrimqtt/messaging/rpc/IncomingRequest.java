package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came to a device.
 *
 * @param key what is the same when it comes again, or null where nothing tells
 * @param correlation in hexadecimal, to be sent back; null for none
 * @param response where the answer goes, {@code {status}} perhaps open; null for nowhere
 */
record IncomingRequest(
        CommandRequest request,
        @Nullable String key,
        @Nullable CallId correlation,
        @Nullable TopicTemplate response) {

    /** The answer's message, or empty where none is wanted. */
    Optional<Message> answer(CommandReply reply, Duration left) {
        return Optional.ofNullable(response)
                .map(template -> template.fill(CommandTopics.STATUS, Integer.toString(reply.status()))
                        .topic())
                .map(topic -> answer(topic, reply, left));
    }

    private Message answer(TopicName topic, CommandReply reply, Duration left) {
        var message = Message.to(topic)
                .payload(reply.payload().bytes())
                .contentType(reply.payload().contentType().orElse(null))
                .expiry(left)
                .userProperty(Headers.PROTOCOL_VERSION, Headers.VERSION)
                .userProperty(Headers.STATUS, Integer.toString(reply.status()));
        if (correlation != null) {
            message.correlationData(correlation.bytes());
        }
        if (!reply.text().isEmpty()) {
            message.userProperty(Headers.STATUS_MESSAGE, reply.text());
        }
        if (reply.status() >= 300) {
            message.userProperty(Headers.APPLICATION_ERROR, "true");
        }
        return message.build();
    }
}
