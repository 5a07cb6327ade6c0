package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;

/** Turns values into messages and back. Implementations are thread-safe. */
public interface PayloadCodec<T> {

    /** Text in UTF-8. */
    PayloadCodec<String> TEXT = new PayloadCodec<>() {
        @Override
        public Message encode(TopicName topic, String value) {
            return Message.to(topic).text(value).contentType("text/plain").build();
        }

        @Override
        public String decode(Message message) {
            return message.text();
        }
    };

    Message encode(TopicName topic, T value);

    /**
     * Reads a value from a message.
     *
     * @throws IllegalArgumentException where the payload is no such value; the message says what came and what was expected,
     *     without the payload
     */
    T decode(Message message);
}
