package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.client.MessageSubscriber;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Subscribes one client to the device's telemetry. */
public final class TelemetrySubscription {

    private final Telemetry telemetry;
    private final List<TopicFilter> filters;
    private final Predicate<TopicName> notTelemetry;

    private TelemetrySubscription(Telemetry telemetry, List<TopicFilter> filters, Predicate<TopicName> notTelemetry) {
        this.telemetry = telemetry;
        this.filters = filters;
        this.notTelemetry = notTelemetry;
    }

    /**
     * Subscribes before the client connects.
     *
     * @param notTelemetry topics that others than the device talk on; they are left out
     * @return one subscription for each filter that no other one covers
     */
    public static List<Subscription> subscribe(
            MessageSubscriber client,
            List<TopicFilter> filters,
            Predicate<TopicName> notTelemetry,
            Telemetry telemetry) {
        var reduced = TopicCover.reduce(filters);
        var subscriber = new TelemetrySubscription(telemetry, reduced, notTelemetry);
        var subscriptions = new ArrayList<Subscription>();
        for (int i = 0; i < reduced.size(); i++) {
            int index = i;
            subscriptions.add(client.subscribe(reduced.get(i), delivery -> subscriber.on(index, delivery.message())));
        }
        return subscriptions;
    }

    private void on(int index, Message message) {
        if (!first(index, message.topic())) {
            return;
        }
        if (notTelemetry.test(message.topic())) {
            telemetry.ignore();
        } else {
            telemetry.accept(message);
        }
    }

    /** Whether no earlier filter matches too: each listener of a message gets it, and one of them takes it. */
    private boolean first(int index, TopicName topic) {
        for (int i = 0; i < index; i++) {
            if (filters.get(i).matches(topic)) {
                return false;
            }
        }
        return true;
    }
}
