package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.util.concurrent.CompletableFuture;

/** What sends messages over a connection, and again over the next where the session lives. Thread-safe. */
interface Sender {

    /** Sends one; completes when the server has taken it, or will not. */
    CompletableFuture<Mqtt5PublishResult> publish(Mqtt5Publish publish);

    /** Does not send a message again that was under way when the last connection ended. */
    void withhold(Mqtt5Publish publish);

    /** Sends messages one at a time, or all at once again. */
    void oneByOne(boolean on);
}
