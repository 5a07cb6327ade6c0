package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.ApiException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has no living owner, one after the other, on a thread of its own. Thread-safe. What is refused is tried again every
 * second; an object waits once, so the queue is as long as there are objects at most.
 */
final class GarbageCollector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
    private static final long AGAIN_MILLIS = 1000;

    private final LinkedHashSet<Ref> waiting = new LinkedHashSet<>();
    private final Set<Ref> refused = new LinkedHashSet<>();
    private final Consumer<Ref> collect;
    private final Thread thread;

    private GarbageCollector(Consumer<Ref> collect) {
        this.collect = collect;
        this.thread = Thread.ofVirtual().name("cluster-garbage").unstarted(this::run);
    }

    /** Starts it; {@code collect} looks whether the object is to go, and deletes it. */
    static GarbageCollector start(Consumer<Ref> collect) {
        var collector = new GarbageCollector(collect);
        collector.thread.start();
        return collector;
    }

    synchronized void look(Ref ref) {
        waiting.add(ref);
        notifyAll();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                var next = next();
                if (next != null) {
                    collect(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next one, or none for now; waking early does no harm. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private synchronized @Nullable Ref next() throws InterruptedException {
        if (waiting.isEmpty()) {
            wait(refused.isEmpty() ? 0 : AGAIN_MILLIS);
        }
        if (waiting.isEmpty()) {
            waiting.addAll(refused);
            refused.clear();
        }
        return waiting.isEmpty() ? null : waiting.removeFirst();
    }

    private void collect(Ref ref) {
        try {
            collect.accept(ref);
        } catch (ApiException e) {
            LOG.atWarn()
                    .addKeyValue("object", ref)
                    .addKeyValue("reason", e.getMessage())
                    .log("garbage collection was refused and is tried again");
            synchronized (this) {
                refused.add(ref);
            }
        }
    }
}
