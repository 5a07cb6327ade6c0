package io.akrimqtt.messaging.client;

/**
 * What the MQTT server said when it took a message.
 *
 * @param noSubscribers the server said that no subscription matches (MQTT 5 reason code 0x10). {@code false} proves nothing:
 *     MQTT 3.1.1 cannot say it, servers need not, and any wildcard subscription hides it
 */
public record PublishResult(boolean noSubscribers) {}
