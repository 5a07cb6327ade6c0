package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client whose server refuses one filter, as Mosquitto 2.0 can not; all else goes to a real one. */
record RefusingClient(PubSubClient real, String filter) implements PubSubClient {

    private record Refused(SubscribeOptions options) implements Subscription {
        @Override
        public CompletableFuture<Void> granted() {
            return CompletableFuture.failedFuture(
                    new MessagingException(MessagingException.Kind.REFUSED, "not authorized", null));
        }

        @Override
        public Optional<String> problem() {
            return Optional.of("refused: not authorized");
        }

        @Override
        public void close() {}
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return options.filter().value().equals(filter) ? new Refused(options) : real.subscribe(options, listener);
    }

    @Override
    public CompletableFuture<PublishResult> publish(Message message) {
        return real.publish(message);
    }

    @Override
    public void connect() {
        real.connect();
    }

    @Override
    public boolean connected() {
        return real.connected();
    }

    @Override
    public void onConnection(Consumer<ConnectionEvent> listener) {
        real.onConnection(listener);
    }

    @Override
    public void close() {
        real.close();
    }
}
