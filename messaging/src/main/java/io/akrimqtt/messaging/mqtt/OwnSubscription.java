package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One listener of one filter. Thread-safe. */
final class OwnSubscription implements Subscription {

    private final SubscribeOptions options;
    private final MessageListener listener;
    private final Consumer<OwnSubscription> whenClosed;
    private final CompletableFuture<Void> granted = new CompletableFuture<>();
    private volatile @Nullable String problem;
    private volatile boolean refused;
    private volatile boolean closed;

    OwnSubscription(SubscribeOptions options, MessageListener listener, Consumer<OwnSubscription> whenClosed) {
        this.options = options;
        this.listener = listener;
        this.whenClosed = whenClosed;
    }

    MessageListener listener() {
        return listener;
    }

    boolean closed() {
        return closed;
    }

    void grant(@Nullable String downgrade) {
        problem = downgrade;
        refused = false;
        granted.complete(null);
    }

    void refuse(String text) {
        problem = text;
        refused = true;
        granted.completeExceptionally(new MessagingException(Kind.REFUSED, text, null));
    }

    @Override
    public SubscribeOptions options() {
        return options;
    }

    @Override
    public CompletableFuture<Void> granted() {
        return granted.copy();
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public boolean refused() {
        return refused;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            granted.completeExceptionally(new MessagingException(
                    Kind.CLOSED, "subscription '" + options.filter() + "': it was closed", null));
            whenClosed.accept(this);
        }
    }
}
