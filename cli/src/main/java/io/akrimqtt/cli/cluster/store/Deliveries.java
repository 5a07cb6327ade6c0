package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watches what was written, in order, on one thread. Thread-safe. At most {@value #MOST} writes wait to be told; while they do,
 * further writes are refused.
 */
final class Deliveries implements AutoCloseable {

    private static final int MOST = 100_000;
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private sealed interface Item {
        record Written(Commit commit) implements Item {}

        record Joined(Subscription subscription, List<Commit> missed) implements Item {}
    }

    /** One watch. */
    static final class Subscription implements AutoCloseable {
        private final Resource resource;
        private final String namespace;
        private final Consumer<Changed> listener;
        private volatile boolean closed;

        Subscription(Resource resource, String namespace, Consumer<Changed> listener) {
            this.resource = resource;
            this.namespace = namespace;
            this.listener = listener;
        }

        private boolean wants(Commit commit) {
            return !closed
                    && commit.ref().resource() == resource
                    && (namespace.isEmpty() || namespace.equals(commit.ref().namespace()));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>(MOST);
    private final Thread thread;

    private Deliveries() {
        thread = Thread.ofVirtual().name("cluster-watches").unstarted(this::run);
    }

    static Deliveries start() {
        var deliveries = new Deliveries();
        deliveries.thread.start();
        return deliveries;
    }

    /** Throws 429 where nothing more may wait. */
    void checkRoom() {
        if (waiting.remainingCapacity() == 0) {
            throw Refusals.full("watches are " + MOST + " writes behind");
        }
    }

    void written(Commit commit) {
        put(new Item.Written(commit));
    }

    void join(Subscription subscription, List<Commit> missed) {
        put(new Item.Joined(subscription, missed));
    }

    private void put(Item item) {
        if (!waiting.offer(item)) {
            throw new IllegalStateException("deliveries: no room for a write that was let in");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        var subscriptions = new ArrayList<Subscription>();
        try {
            while (true) {
                switch (waiting.take()) {
                    case Item.Written(var commit) -> subscriptions.forEach(s -> tell(s, commit));
                    case Item.Joined(var joined, var missed) -> {
                        missed.forEach(commit -> tell(joined, commit));
                        subscriptions.add(joined);
                    }
                }
                subscriptions.removeIf(subscription -> subscription.closed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Subscription subscription, Commit commit) {
        if (!subscription.wants(commit)) {
            return;
        }
        try {
            subscription.listener.accept(
                    new Changed(commit.change(), commit.object().deepCopy()));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a watch ended because its listener threw");
            subscription.close();
        }
    }
}
