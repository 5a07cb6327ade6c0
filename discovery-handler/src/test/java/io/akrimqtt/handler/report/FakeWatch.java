package io.akrimqtt.handler.report;

import io.akrimqtt.handler.watch.DeviceWatch;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A watch that knows what a test tells it. Thread-safe. */
public final class FakeWatch implements DeviceWatch {

    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile WatchSnapshot snapshot = new WatchSnapshot(false, List.of(), List.of(), List.of());
    private volatile boolean closed;
    private volatile boolean frozen;
    private volatile CompletableFuture<Integer> adopting = CompletableFuture.completedFuture(0);

    /** Settled, with these devices. */
    public static FakeWatch settled(TrackedDevice... devices) {
        var watch = new FakeWatch();
        watch.tell(true, devices);
        return watch;
    }

    /** Young, knowing nothing, and with an adoption that takes until {@link #finish}. */
    public static FakeWatch slow() {
        var watch = new FakeWatch();
        watch.adopting = new Untimed();
        return watch;
    }

    /** One that is completed by nobody but the test, however long that takes. */
    private static final class Untimed extends CompletableFuture<Integer> {
        @Override
        public CompletableFuture<Integer> completeOnTimeout(Integer value, long timeout, TimeUnit unit) {
            return this;
        }
    }

    /** What it was asked to adopt has been dealt with. */
    public void finish() {
        adopting.complete(0);
    }

    @Override
    public CompletableFuture<Integer> adopt(Set<String> devices) {
        return adopting.isDone() ? CompletableFuture.completedFuture(devices.size()) : adopting;
    }

    public void tell(boolean settled, TrackedDevice... devices) {
        tell(new WatchSnapshot(settled, Arrays.asList(devices), List.of(), List.of()));
    }

    public void tell(WatchSnapshot next) {
        snapshot = next;
        listeners.forEach(Runnable::run);
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public WatchSnapshot current() {
        return snapshot;
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void freeze() {
        frozen = true;
    }

    public boolean frozen() {
        return frozen;
    }

    @Override
    public void close() {
        closed = true;
    }
}
