package io.akrimqtt.messaging.dispatch;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.concurrent.CompletionStage;

/**
 * Takes the messages of a topic filter to where they belong. A router that answers is given a
 * {@link io.akrimqtt.messaging.client.MessagePublisher} when it is made.
 *
 * @param <T> what the dispatcher's codec makes of a message
 */
public interface CommandRouter<T> {

    /** Which topics it takes; always the same. */
    TopicFilter filter();

    /** Whether it takes this one; asked on the client's thread, so it must not block. */
    default boolean selects(Message message, T value) {
        return true;
    }

    /** How many messages it works on at a time, 1 or more. One keeps their order. */
    default int concurrency() {
        return 16;
    }

    /** How many messages may wait for it, 1 or more; {@link #refused} is told of more. */
    default int waiting() {
        return 1_000;
    }

    /**
     * Takes a message on, on a virtual thread of its own; may block. What it throws is logged and harms no other.
     *
     * @return completed when it is done with the message, which makes room for the next one
     */
    CompletionStage<Void> route(Message message, T value);

    /** Told in place of {@link #route} where too many messages wait for it; must not block. */
    default void refused(Message message) {}
}
