package io.akrimqtt.handler.report;

import io.akrimqtt.handler.watch.DeviceWatch;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A watch that knows what a test tells it. Thread-safe. */
public final class FakeWatch implements DeviceWatch {

    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile WatchSnapshot snapshot = new WatchSnapshot(false, List.of(), List.of(), List.of());
    private volatile boolean closed;

    /** Settled, with these devices. */
    public static FakeWatch settled(TrackedDevice... devices) {
        var watch = new FakeWatch();
        watch.tell(true, devices);
        return watch;
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
    public void freeze() {}

    @Override
    public void close() {
        closed = true;
    }
}
