package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a caller over MQTT wants to be told of a command, as a text that outlives the process.
 *
 * @param topic the answer's; by topic ids without the level of the status
 * @param byTopicIds whether the status is the topic's last level
 * @param correlation the request's own, in hexadecimal; empty for none
 * @param states whether the states on the way are wanted, too
 */
record Reply(String topic, boolean byTopicIds, String correlation, boolean states) {

    private static final Pattern TEXT = Pattern.compile("([pt])([sl]) ((?:[0-9a-f]{2}){0,1024}) (.+)", Pattern.DOTALL);

    /** Reads what {@link #text()} wrote; empty for anything else. */
    static Optional<Reply> parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches() && TopicName.problem(parts.group(4)).isEmpty()
                ? Optional.of(new Reply(
                        parts.group(4),
                        parts.group(1).equals("t"),
                        parts.group(3),
                        parts.group(2).equals("s")))
                : Optional.empty();
    }

    String text() {
        return (byTopicIds ? "t" : "p") + (states ? "s" : "l") + " " + correlation + " " + topic;
    }

    /** Starts a message with this status. */
    Message.Builder message(int status) {
        if (byTopicIds) {
            return Message.to(TopicName.of(topic + "/" + status));
        }
        var message = Message.to(TopicName.of(topic)).userProperty("__stat", Integer.toString(status));
        return correlation.isEmpty()
                ? message
                : message.correlationData(HexFormat.of().parseHex(correlation));
    }
}
