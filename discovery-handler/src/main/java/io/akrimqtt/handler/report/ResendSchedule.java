package io.akrimqtt.handler.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When an unchanged list is sent again: 3, 10 and 30 s after a Discover call, then every minute. Akri may lose Instances that it
 * makes while their predecessors are still going, and makes them only when a list arrives. Pure.
 */
public final class ResendSchedule {

    private static final List<Duration> FIRST =
            List.of(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final Duration THEN = Duration.ofMinutes(1);

    private ResendSchedule() {}

    /** The next moment strictly after {@code now} for a call that came at {@code opened}. */
    public static Instant after(Instant opened, Instant now) {
        for (var delay : FIRST) {
            if (opened.plus(delay).isAfter(now)) {
                return opened.plus(delay);
            }
        }
        var base = opened.plus(FIRST.getLast());
        long minutes = Duration.between(base, now).dividedBy(THEN);
        return base.plus(THEN.multipliedBy(minutes + 1));
    }
}
