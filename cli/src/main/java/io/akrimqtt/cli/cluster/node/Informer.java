package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of all objects of a kind that follows the API server a little late, and tells its changes in order on a thread of its own.
 * Changes of one object that come faster than they are told are told as one, so that no more wait than there are objects.
 * Thread-safe.
 */
public final class Informer implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(50);

    private final ObjectStore store;
    private final Resource resource;
    private final Duration lag;
    private final Consumer<Changed> handler;
    private final Runnable complete;
    private final Map<String, ObjectNode> cache = new ConcurrentHashMap<>();
    private final Map<String, Changed> pending = new LinkedHashMap<>();
    private final ScheduledExecutorService thread;
    private volatile boolean paused;
    private volatile @Nullable AutoCloseable watch;
    private volatile boolean closed;

    private Informer(ObjectStore store, Resource resource, Duration lag, Consumer<Changed> handler, Runnable complete) {
        this.complete = complete;
        this.store = store;
        this.resource = resource;
        this.lag = lag;
        this.handler = handler;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("informer-" + resource.plural()).factory());
    }

    /**
     * Begins with what is there, told as added; an API server that is away is asked again until it answers.
     *
     * @param lag how late changes are told at least
     * @param handler may wait
     */
    public static Informer start(ObjectStore store, Resource resource, Duration lag, Consumer<Changed> handler) {
        return start(store, resource, lag, handler, () -> {});
    }

    /**
     * As above.
     *
     * @param complete is run once what was there at the start has been told
     */
    public static Informer start(
            ObjectStore store, Resource resource, Duration lag, Consumer<Changed> handler, Runnable complete) {
        var informer = new Informer(store, resource, lag, handler, complete);
        informer.thread.execute(informer::begin);
        return informer;
    }

    private void begin() {
        if (closed) {
            return;
        }
        try {
            var listing = store.list(resource, "");
            listing.items().forEach(object -> take(new Changed(Change.ADDED, object)));
            watch = store.watch(resource, "", listing.resourceVersion(), this::changed);
            if (closed) {
                endWatch();
            }
            tell();
            complete.run();
        } catch (ApiException _) {
            later(this::begin, RETRY);
        }
    }

    private void changed(Changed change) {
        boolean first = take(change);
        if (first && !paused) {
            later(this::tell, lag);
        }
    }

    /** Says whether nothing else waited. */
    private boolean take(Changed change) {
        var uid = change.object().path("metadata").path("uid").asText();
        synchronized (pending) {
            boolean first = pending.isEmpty();
            pending.merge(uid, change, Informer::merged);
            return first;
        }
    }

    private static Changed merged(Changed before, Changed after) {
        boolean still = before.change() == Change.ADDED && after.change() == Change.MODIFIED;
        return still ? new Changed(Change.ADDED, after.object()) : after;
    }

    private void tell() {
        if (paused || closed) {
            return;
        }
        List<Changed> all;
        synchronized (pending) {
            all = new ArrayList<>(pending.values());
            pending.clear();
        }
        for (var change : all) {
            var key = key(change.object());
            if (change.change() == Change.DELETED) {
                cache.remove(key);
            } else {
                cache.put(key, change.object());
            }
            if (!closed) {
                handler.accept(change);
            }
        }
    }

    private void later(Runnable task, Duration after) {
        try {
            var _ = thread.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // Closed meanwhile.
        }
    }

    /** Tells nothing for a while, as if the network were cut; what is missed is told afterwards. */
    public void pause(boolean cut) {
        paused = cut;
        if (!cut) {
            later(this::tell, Duration.ZERO);
        }
    }

    /** All objects as they were told last; not to be changed. */
    public Collection<ObjectNode> objects() {
        return cache.values();
    }

    /** One object as it was told last; not to be changed. */
    public Optional<ObjectNode> object(String namespace, String name) {
        return Optional.ofNullable(cache.get(namespace + "/" + name));
    }

    private static String key(ObjectNode object) {
        var meta = object.path("metadata");
        return meta.path("namespace").asText() + "/" + meta.path("name").asText();
    }

    private void endWatch() {
        var current = watch;
        if (current != null) {
            try {
                current.close();
            } catch (Exception e) {
                throw new IllegalStateException("a watch of " + resource.plural() + " does not end", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        endWatch();
        thread.shutdownNow();
    }
}
