package io.akrimqtt.cli.cluster.scenario;

import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.ApiCounts;
import io.akrimqtt.cli.cluster.node.Pods;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what happens to Instances and pods, by the API server's own account. Thread-safe. */
final class Observation implements AutoCloseable {

    private final ApiCounts counts;
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
    private final AutoCloseable instances;
    private final AutoCloseable pods;

    Observation(ObjectStore store, ApiCounts counts) {
        this.counts = counts;
        this.instances = store.watch(
                Resource.INSTANCE, "", store.list(Resource.INSTANCE, "").resourceVersion(), this::instance);
        this.pods = store.watch(Resource.POD, "", store.list(Resource.POD, "").resourceVersion(), this::pod);
    }

    private void instance(Changed changed) {
        switch (changed.change()) {
            case ADDED -> created.incrementAndGet();
            case DELETED -> deleted.incrementAndGet();
            case MODIFIED -> {}
        }
        news.offer(true);
    }

    private void pod(Changed changed) {
        var uid = Pods.uid(changed.object());
        var phase = Pods.phase(changed.object());
        if (changed.change() == Change.DELETED) {
            refused.remove(uid);
            if (running.remove(uid)) {
                ended.incrementAndGet();
            }
        } else if (phase.equals("Running") && running.add(uid)) {
            started.incrementAndGet();
        } else if (phase.equals("Failed") && refused.add(uid)) {
            failed.incrementAndGet();
        }
        news.offer(true);
    }

    Tally tally() {
        return new Tally(created.get(), deleted.get(), started.get(), ended.get(), failed.get(), counts.byUser());
    }

    /** Waits for the next change of an Instance or a pod; false where none came in time. */
    boolean awaitNews(Duration patience) throws InterruptedException {
        return news.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS) != null;
    }

    @Override
    public void close() {
        try {
            instances.close();
            pods.close();
        } catch (Exception e) {
            throw new IllegalStateException("a watch does not end", e);
        }
    }
}
