package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Turns values into messages and back. Implementations are thread-safe. */
public interface PayloadCodec<T> {

    /** Text in UTF-8; malformed bytes become U+FFFD. */
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

    /** Text in UTF-8; other bytes are refused. */
    PayloadCodec<String> UTF_8 = new PayloadCodec<>() {
        @Override
        public Message encode(TopicName topic, String value) {
            return Message.to(topic)
                    .text(value)
                    .contentType("text/plain")
                    .utf8(true)
                    .build();
        }

        @Override
        public String decode(Message message) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(message.payload()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(
                        "payload: " + message.size() + " bytes (expected: well-formed UTF-8)", e);
            }
        }
    };

    /** No envelope and no type: the message itself. */
    PayloadCodec<Message> NONE = new PayloadCodec<>() {
        @Override
        public Message encode(TopicName topic, Message value) {
            return value;
        }

        @Override
        public Message decode(Message message) {
            return message;
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
