package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.InstantSource;
import java.util.Optional;

/** Reads requests from messages, on the device's side. Immutable. */
sealed interface RequestReader permits RequestsByTopics, RequestsByEnvelope {

    static RequestReader of(CommandTopics topics, ExecutorOptions options, InstantSource clock) {
        return options.envelope()
                ? new RequestsByEnvelope(topics, options, clock)
                : new RequestsByTopics(topics, options);
    }

    /** Where requests come. */
    TopicFilter filter();

    /** Reads one, or empty where the message is none that may be answered. */
    Optional<IncomingRequest> read(Message message);
}
