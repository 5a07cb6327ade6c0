package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes answers as the mRPC protocol has them, for whoever takes requests without a {@link CommandExecutor}. */
public final class CommandAnswers {

    private CommandAnswers() {}

    /**
     * The message that answers a request on MQTT 5; what MQTT 3.1.1 carries of it is the payload.
     *
     * @param correlation the request's, or null for none
     * @param left how long the caller still waits, positive
     */
    public static Message message(TopicName topic, byte @Nullable [] correlation, CommandReply reply, Duration left) {
        return RequestsByTopics.byProperties(topic, correlation).message(Response.of(reply), left);
    }
}
