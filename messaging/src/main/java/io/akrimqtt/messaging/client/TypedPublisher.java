package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.topic.TopicName;
import java.util.concurrent.CompletableFuture;

/** Publishes values of a type. Thread-safe. */
@FunctionalInterface
public interface TypedPublisher<T> {

    /** As {@link MessagePublisher#publish}. */
    CompletableFuture<PublishResult> publish(TopicName topic, T value);
}
