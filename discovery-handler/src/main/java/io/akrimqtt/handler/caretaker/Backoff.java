package io.akrimqtt.handler.caretaker;

import java.time.Duration;
import java.time.Instant;

/**
 * When to try again: doubling.
 *
 * @param due not before
 * @param gap how long after the next try the one after it is due
 */
record Backoff(Instant due, Duration gap) {

    /** The first try. */
    static Backoff first(Instant due, Duration gap) {
        return new Backoff(due, gap);
    }

    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /** After a try. */
    Backoff tried(Instant now, Duration most) {
        var doubled = gap.multipliedBy(2);
        return new Backoff(now.plus(gap), doubled.compareTo(most) > 0 ? most : doubled);
    }
}
