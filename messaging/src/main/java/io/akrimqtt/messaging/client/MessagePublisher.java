package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.Message;
import java.util.concurrent.CompletableFuture;

/** Publishes messages. Thread-safe. */
@FunctionalInterface
public interface MessagePublisher {

    /**
     * Hands a message to the MQTT server. Never blocks.
     *
     * @return completed when the server has taken the message (its acknowledgement; for quality of service 0, when it is
     *     written), exceptionally with a {@link MessagingException} where it was not taken. The server's acknowledgement says
     *     nothing about subscribers, but see {@link PublishResult#noSubscribers()}.
     */
    CompletableFuture<PublishResult> publish(Message message);

    /** The same face for values of a type. */
    default <T> TypedPublisher<T> typed(PayloadCodec<T> codec) {
        return (topic, value) -> publish(codec.encode(topic, value));
    }
}
