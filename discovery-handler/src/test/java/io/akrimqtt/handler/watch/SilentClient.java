package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A client that never connects.
 *
 * @param refused filters that its server would refuse
 */
record SilentClient(Set<String> refused) implements PubSubClient {

    private record Kept(SubscribeOptions options, boolean refused) implements Subscription {
        @Override
        public CompletableFuture<Void> granted() {
            return new CompletableFuture<>();
        }

        @Override
        public Optional<String> problem() {
            return refused ? Optional.of("refused") : Optional.empty();
        }

        @Override
        public void close() {}
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return new Kept(options, refused.contains(options.filter().value()));
    }

    @Override
    public CompletableFuture<PublishResult> publish(Message message) {
        return new CompletableFuture<>();
    }

    @Override
    public void connect() {}

    @Override
    public boolean connected() {
        return false;
    }

    @Override
    public void onConnection(Consumer<ConnectionEvent> listener) {}

    @Override
    public void close() {}
}
