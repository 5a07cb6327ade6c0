package io.akrimqtt.cli.capture;

import io.akrimqtt.cli.recording.Recorded;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has come and is not written yet. Thread-safe, bounded: while it is full whoever posts waits, which holds back the MQTT
 * server.
 */
final class Inbox {

    private static final int CAPACITY = 512;

    private final BlockingQueue<Recorded> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    /** Waits for room; drops it once the inbox is closed. */
    void post(Recorded recorded) {
        try {
            boolean taken = false;
            while (!closed && !taken) {
                taken = waiting.offer(recorded, 100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next, or null when none came in time. */
    @Nullable
    Recorded next(Duration patience) throws InterruptedException {
        return waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void close() {
        closed = true;
    }
}
