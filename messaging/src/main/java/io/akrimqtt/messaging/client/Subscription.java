package io.akrimqtt.messaging.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A subscription that the client keeps. Thread-safe. */
public interface Subscription extends AutoCloseable {

    SubscribeOptions options();

    /** Completed once the server has granted it for the first time; exceptionally where it refused. */
    CompletableFuture<Void> granted();

    /**
     * What the server said at the latest connect that is not as asked for: refused, or granted at a lower quality of
     * service. Empty where all is well or nothing was said yet.
     */
    Optional<String> problem();

    /** Whether the server refused it at the latest connect, or when it was last asked. */
    default boolean refused() {
        return false;
    }

    /** Ends it: the listener gets nothing more, and the server is told where no other listener needs the filter. */
    @Override
    void close();
}
