package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.function.BiConsumer;

/** Subscribes to topics. Thread-safe. */
@FunctionalInterface
public interface MessageSubscriber {

    /**
     * Keeps a subscription for as long as the client lives: sent at each connect, session present or not. One made before
     * {@link PubSubClient#connect()} misses nothing that a persistent session holds.
     *
     * <p>A message that matches several subscriptions is given to each of their listeners. Subscribing the same filter again
     * adds a listener; the stricter options of the two are sent.
     */
    Subscription subscribe(SubscribeOptions options, MessageListener listener);

    /** As {@link #subscribe(SubscribeOptions, MessageListener)}, at least once. */
    default Subscription subscribe(TopicFilter filter, MessageListener listener) {
        return subscribe(SubscribeOptions.of(filter), listener);
    }

    /**
     * The same for values of a type. What the codec refuses goes to {@code refused} with the reason.
     *
     * @param listener gets the topic's message and its value
     */
    default <T> Subscription subscribe(
            TopicFilter filter,
            PayloadCodec<T> codec,
            BiConsumer<Message, T> listener,
            BiConsumer<Message, IllegalArgumentException> refused) {
        return subscribe(filter, delivery -> {
            T value;
            try {
                value = codec.decode(delivery.message());
            } catch (IllegalArgumentException e) {
                refused.accept(delivery.message(), e);
                return;
            }
            listener.accept(delivery.message(), value);
        });
    }
}
