package io.akrimqtt.serving;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that never jumps: the wall's time at its start, and from then on the machine's monotonic time. Durations between its
 * instants are true even when somebody sets the wall clock; the instants themselves are for display. Thread-safe.
 */
public final class MonotonicClock implements InstantSource {

    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    private MonotonicClock(Instant start, LongSupplier nanos) {
        this.start = start;
        this.startNanos = nanos.getAsLong();
        this.nanos = nanos;
    }

    /** Starts from the wall's time now. */
    public static MonotonicClock start(InstantSource wall) {
        return new MonotonicClock(wall.instant(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return at(nanos.getAsLong());
    }

    /** The instant of a {@link System#nanoTime()} that was read in this process. */
    public Instant at(long nanoTime) {
        return start.plusNanos(nanoTime - startNanos);
    }
}
