package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.Message;

/** A message that came, to be acknowledged. Thread-safe. */
public interface Delivery {

    /**
     * The message. Its {@link Message#retain()} is the flag as received: set for what the server had retained when the
     * subscription was made, and, with {@code retainAsPublished}, for what was published retained.
     */
    Message message();

    /** When it came, by {@link System#nanoTime()}. */
    long receivedNanos();

    /** Whether the server sends it again for want of an acknowledgement. */
    boolean duplicate();

    /**
     * Tells the server that the message is dealt with; idempotent. Only for subscriptions with {@code manualAcknowledgement},
     * else it has been done when the listener returns. Acknowledgements reach the server in the order of arrival.
     */
    void acknowledge();
}
