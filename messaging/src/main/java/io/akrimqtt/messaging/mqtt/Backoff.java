package io.akrimqtt.messaging.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubling, with ±25 % of chance so that clients do not come all at once. */
final class Backoff {

    /** How the server is to be treated. */
    enum Pace {
        /** It is away, or the network is: soon again. */
        USUAL(Duration.ofMillis(200), Duration.ofSeconds(30)),
        /** It said no: somebody has to act first. */
        REFUSED(Duration.ofSeconds(5), Duration.ofSeconds(60)),
        /** Another client has our client id: never within a minute, or both take turns for ever. */
        TAKEN_OVER(Duration.ofSeconds(80), Duration.ofSeconds(80));

        private final Duration first;
        private final Duration most;

        Pace(Duration first, Duration most) {
            this.first = first;
            this.most = most;
        }
    }

    private static final double SPREAD = 0.25;

    private final RandomGenerator random;
    private Pace pace = Pace.USUAL;
    private int doublings;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next delay, at least 150 ms. Another pace begins at its own first delay. */
    Duration next(Pace wanted) {
        if (wanted != pace) {
            pace = wanted;
            doublings = 0;
        }
        long nanos = pace.first.toNanos() << doublings;
        if (nanos >= pace.most.toNanos()) {
            nanos = pace.most.toNanos();
        } else {
            doublings++;
        }
        return Duration.ofNanos((long) (nanos * (1 - SPREAD + 2 * SPREAD * random.nextDouble())));
    }

    /** Begins anew, after a connection that lasted. */
    void reset() {
        doublings = 0;
    }
}
