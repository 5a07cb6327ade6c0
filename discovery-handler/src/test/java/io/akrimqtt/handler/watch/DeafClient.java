package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;

/** A client that never hears one word, as where a server drops messages. */
final class DeafClient extends ForwardingClient {

    private final String word;

    DeafClient(PubSubClient real, String word) {
        super(real);
        this.word = word;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return super.subscribe(options, delivery -> {
            if (!delivery.message().text().equals(word)) {
                listener.onMessage(delivery);
            }
        });
    }
}
