package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.Optional;

/** A way of asking a device and of knowing its answer again. Immutable. */
sealed interface Way permits WayByProperties, WayByTopicIds {

    /** Chooses by the topics. */
    static Way of(CommandTopics topics, String clientId) {
        return topics.byTopicIds() ? new WayByTopicIds(topics) : new WayByProperties(topics, clientId);
    }

    /** Where answers come. */
    TopicFilter answers();

    /** Why this request cannot be sent over this version of MQTT, with how to mend it; or empty. */
    Optional<String> problem(CommandRequest request, ProtocolVersion protocol);

    /** @throws IllegalArgumentException where the command's name is no topic level */
    Message request(CommandRequest request, CallId call);

    /** Reads an answer, or empty where the message is none. */
    Optional<Answer> answer(Message message);
}
