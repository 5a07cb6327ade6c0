package io.akrimqtt.handler.watch;

import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loop's queue. Thread-safe, bounded: while it is full whoever posts waits, which holds back the MQTT server, so that
 * nothing is lost here.
 */
final class Mailbox {

    private static final int CAPACITY = 16_384;

    private final BlockingQueue<WatchEvent> events = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    /** Waits for room; drops the event once the mailbox is closed. */
    void post(WatchEvent event) {
        try {
            while (!closed && !events.offer(event, 200, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean closed() {
        return closed;
    }

    @Nullable
    WatchEvent poll(long nanos) throws InterruptedException {
        return events.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /** Drops what waits, and has the reader wake up. */
    void close(Instant now) {
        closed = true;
        do {
            events.clear();
        } while (!events.offer(new WatchEvent.Ended(now)));
    }
}
