package io.akrimqtt.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** How long many things of the same kind take. Thread-safe; more than were expected are not counted. */
final class Times {

    private final AtomicLongArray nanos;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param expected how many */
    Times(int expected) {
        this.nanos = new AtomicLongArray(expected);
    }

    void add(long time) {
        int index = taken.getAndIncrement();
        if (index < nanos.length()) {
            nanos.set(index, time);
        }
    }

    /** Does something so often at an even pace, what is late at once; it is told when it should have been done. */
    static void paced(int perSecond, int count, LongConsumer action) {
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = began + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            action.accept(due);
        }
    }

    /** Waits until all are there. */
    Times complete() {
        while (taken.get() < nanos.length()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return this;
    }

    /** One line of the table. */
    void print(String name) {
        var sorted = new long[nanos.length()];
        Arrays.setAll(sorted, nanos::get);
        Arrays.sort(sorted);
        System.out.printf(
                "  %-36s p50 %.2f ms, p99 %.2f ms, longest %.2f ms%n",
                name,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
