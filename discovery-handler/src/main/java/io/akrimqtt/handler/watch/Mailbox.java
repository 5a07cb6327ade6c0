package io.akrimqtt.handler.watch;

import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The loop's queue. Thread-safe, bounded: 16,384 events of at most some 3 kB each, so 50 MB. While it is full whoever posts
 * waits, which holds back the MQTT server, so that nothing is lost here; what the server then drops by itself is made good by the
 * reading that {@link #takeOverload} is for. Retained messages that are read fill a quarter of it at most, so a long reading
 * never keeps out what comes live.
 */
final class Mailbox {

    static final int CAPACITY = 16_384;

    /** So many live messages waiting are a sign that the server may be dropping some. */
    static final int HIGH_WATER = CAPACITY / 2;

    private static final int RETAINED = CAPACITY / 4;
    private static final long LOOK_MILLIS = 200;

    private final BlockingQueue<WatchEvent> events = new ArrayBlockingQueue<>(CAPACITY);
    private final Semaphore retained = new Semaphore(RETAINED);
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicBoolean overload = new AtomicBoolean();
    private volatile boolean closed;

    /** Waits for room; drops the event once the mailbox is closed. */
    void post(WatchEvent event) {
        try {
            if (event instanceof WatchEvent.Retained && !admitted()) {
                return;
            }
            if (event instanceof WatchEvent.Arrived && live.incrementAndGet() == HIGH_WATER) {
                overload.set(true);
            }
            while (!closed && !events.offer(event, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean closed() {
        return closed;
    }

    private boolean admitted() throws InterruptedException {
        while (!closed) {
            if (retained.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    WatchEvent poll(long nanos) throws InterruptedException {
        @Nullable WatchEvent event = events.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (event instanceof WatchEvent.Retained) {
            retained.release();
        } else if (event instanceof WatchEvent.Arrived) {
            live.decrementAndGet();
        }
        return event;
    }

    /** Whether the high-water mark was passed since this was last asked. */
    boolean takeOverload() {
        return overload.get() && overload.getAndSet(false);
    }

    /** Drops what waits, and has the reader wake up. */
    void close(Instant now) {
        closed = true;
        do {
            events.clear();
        } while (!events.offer(new WatchEvent.Ended(now)));
    }
}
