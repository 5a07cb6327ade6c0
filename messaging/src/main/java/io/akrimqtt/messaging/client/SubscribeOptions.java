package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;

/**
 * How to subscribe to a filter.
 *
 * @param qos the highest quality of service to receive at
 * @param retained whether the server's retained messages are wanted at each subscribe (MQTT 5's Retain Handling 0 or 2; MQTT
 *     3.1.1 sends them always)
 * @param retainAsPublished whether the retain flag of live messages is kept as published (MQTT 5 only)
 * @param manualAcknowledgement whether the listener acknowledges by itself, see {@link Delivery#acknowledge()}
 */
public record SubscribeOptions(
        TopicFilter filter,
        QualityOfService qos,
        boolean retained,
        boolean retainAsPublished,
        boolean manualAcknowledgement) {

    /** At least once, with retained messages, acknowledged when the listener returns. */
    public static SubscribeOptions of(TopicFilter filter) {
        return new SubscribeOptions(filter, QualityOfService.AT_LEAST_ONCE, true, false, false);
    }

    public SubscribeOptions withQos(QualityOfService value) {
        return new SubscribeOptions(filter, value, retained, retainAsPublished, manualAcknowledgement);
    }

    /** Without the server's retained messages, and with the retain flag of live ones as published. */
    public SubscribeOptions live() {
        return new SubscribeOptions(filter, qos, false, true, manualAcknowledgement);
    }

    public SubscribeOptions withManualAcknowledgement() {
        return new SubscribeOptions(filter, qos, retained, retainAsPublished, true);
    }
}
