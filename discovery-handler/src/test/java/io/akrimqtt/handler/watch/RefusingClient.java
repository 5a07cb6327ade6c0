package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client whose server refuses one filter. */
final class RefusingClient extends ForwardingClient {

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
        public boolean refused() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final String filter;

    RefusingClient(PubSubClient real, String filter) {
        super(real);
        this.filter = filter;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        return options.filter().value().equals(filter) ? new Refused(options) : super.subscribe(options, listener);
    }
}
