package io.akrimqtt.cli.local;

import io.akrimqtt.cli.output.Event;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the run's loop. Holds 10,000: where the output is slower than that, further ones are lost and counted,
 * and nothing waits. Thread-safe.
 */
final class Mailbox {

    private static final int CAPACITY = 10_000;

    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong lost = new AtomicLong();

    void post(Event event) {
        if (!events.offer(event)) {
            lost.incrementAndGet();
        }
    }

    /** The next one; null where none comes in time. */
    @Nullable
    Event next(Duration patience) throws InterruptedException {
        return events.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** How many were lost since this was last asked. */
    long lost() {
        return lost.getAndSet(0);
    }
}
