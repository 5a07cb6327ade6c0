package io.akrimqtt.handler.report;

import io.akrimqtt.handler.watch.DeviceWatch;
import io.akrimqtt.handler.watch.WatchSnapshot;
import java.util.List;

/** In place of a watch while another process acts: a stream is accepted, and nothing is said on it. */
final class NoWatch implements DeviceWatch {

    private static final WatchSnapshot NOTHING = new WatchSnapshot(false, List.of(), List.of(), List.of());

    @Override
    public WatchSnapshot current() {
        return NOTHING;
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }

    @Override
    public void freeze() {}

    @Override
    public void close() {}
}
