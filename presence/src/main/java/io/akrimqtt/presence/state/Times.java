package io.akrimqtt.presence.state;

import java.time.Duration;
import java.time.Instant;

/** Instants as nanoseconds since 1970, which is what a device's memory can bear. Good until the year 2262. */
final class Times {

    /** Later than everything: a timer that does not run. */
    static final long NEVER = Long.MAX_VALUE;

    /** Before everything: it has not happened. */
    static final long NOT_YET = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;

    private Times() {}

    static long of(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), SECOND), at.getNano());
    }

    static Instant instant(long time) {
        return Instant.ofEpochSecond(Math.floorDiv(time, SECOND), Math.floorMod(time, SECOND));
    }

    /** A sum that never wraps round: never plus anything, or more than there are years, is never. */
    static long plus(long time, Duration duration) {
        if (time == NEVER || duration.toSeconds() > NEVER / SECOND / 2) {
            return NEVER;
        }
        long sum = time + duration.toNanos();
        return sum < time ? NEVER : sum;
    }
}
