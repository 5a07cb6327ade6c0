package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.topic.TopicTree;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives messages and connection events to their listeners, in the order in which they came, on one virtual thread.
 *
 * <p>Above a number of messages, or of bytes, it stops the reading from the network until few are left, so the server is held back
 * and nothing is dropped; what one read brings may come on top.
 */
final class DeliveryLoop {

    static final int LOW = 1_024;

    private static final int AT_ONCE = 256;

    private static final long FULL_BYTES = Heap.upTo(32L << 20);
    private static final long LOW_BYTES = FULL_BYTES / 4;

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

    /** What waits for its turn. */
    private sealed interface Item {
        record Came(Inbound message) implements Item {}

        record Happened(ConnectionEvent event) implements Item {}
    }

    private final TopicTree<OwnSubscription> listeners;
    private final Consumer<Boolean> reading;
    private final int full;
    private final List<Consumer<ConnectionEvent>> watchers = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean paused;
    private volatile boolean stopped;
    private volatile int sessionBegan;
    private volatile int sessionResumed;

    /**
     * Makes one that does not run yet.
     *
     * @param full so many messages are too many
     * @param reading told to stop reading from the network, and to go on
     */
    DeliveryLoop(String name, TopicTree<OwnSubscription> listeners, int full, Consumer<Boolean> reading) {
        this.full = full;
        this.listeners = listeners;
        this.reading = reading;
        thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void watch(Consumer<ConnectionEvent> watcher) {
        watchers.add(watcher);
    }

    /** Thread-safe; never blocks. */
    void add(Inbound message) {
        items.add(new Item.Came(message));
        long bytes = waitingBytes.addAndGet(message.message().size());
        if ((waiting.incrementAndGet() >= full || bytes >= FULL_BYTES) && !paused) {
            paused = true;
            reading.accept(false);
            resume(waiting.get());
        }
    }

    /** Thread-safe; never blocks. */
    void add(ConnectionEvent event) {
        items.add(new Item.Happened(event));
    }

    /** A connection was accepted; told before its first message is added. */
    void connected(int connection, boolean sessionPresent) {
        if (sessionPresent) {
            sessionResumed = connection;
        } else {
            sessionBegan = connection;
        }
    }

    /** Whether the server sends it again: it came at least once, over an earlier connection of the session that was resumed. */
    private boolean comesAgain(Inbound message) {
        return message.atLeastOnce() && message.connection() >= sessionBegan && message.connection() < sessionResumed;
    }

    /** Ends it after what it is doing; what waits is dropped, and so comes again where the session lives on. */
    void stop() {
        stopped = true;
        items.clear();
        thread.interrupt();
    }

    private void run() {
        try {
            var some = new ArrayDeque<Item>(AT_ONCE);
            while (!stopped) {
                some.add(items.take());
                // The queue's lock is taken once for many.
                items.drainTo(some, AT_ONCE - 1);
                while (!stopped && !some.isEmpty()) {
                    handle(some.remove());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(Item item) {
        switch (item) {
            case Item.Came(var message) -> came(message);
            case Item.Happened(var event) -> watchers.forEach(watcher -> tell(watcher, event));
        }
    }

    private void came(Inbound message) {
        waitingBytes.addAndGet(-message.message().size());
        resume(waiting.decrementAndGet());
        if (comesAgain(message)) {
            return;
        }
        listeners.matching(message.message().topic(), subscription -> {
            if (!subscription.closed()) {
                tell(subscription, message.share());
            }
        });
        message.shared();
    }

    /** Called by both sides after their own step, so that the later of them sees the other's. */
    private void resume(int left) {
        if (left <= LOW && waitingBytes.get() <= LOW_BYTES && paused) {
            paused = false;
            reading.accept(true);
        }
    }

    private void tell(OwnSubscription subscription, Delivery delivery) {
        boolean acknowledge = !subscription.options().manualAcknowledgement();
        try {
            subscription.listener().onMessage(delivery);
        } catch (RuntimeException e) {
            // A message that its listener cannot bear must not come again for ever.
            acknowledge = true;
            LOG.atError()
                    .addKeyValue("filter", subscription.options().filter())
                    .setCause(e)
                    .log("listener failed, its message is acknowledged");
        }
        if (acknowledge) {
            delivery.acknowledge();
        }
    }

    private void tell(Consumer<ConnectionEvent> watcher, ConnectionEvent event) {
        try {
            watcher.accept(event);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("listener of connection events failed");
        }
    }
}
