package io.akrimqtt.messaging.mqtt;

import java.time.Duration;

/** Tells from how connections end whether another client has our client id. Confined to the owner's thread. */
final class Stability {

    /** A connection that ends sooner did not last. */
    static final Duration SHORT = Duration.ofSeconds(5);

    /** So many short ones in a row, closed by the server without a reason, are another client's work. */
    static final int SHORT_ONES = 3;

    private int shortOnes;

    /** Whether a connection that ended after this time, and for this reason, was taken over. */
    boolean takenOver(Duration lasted, Loss.Cause cause) {
        if (cause == Loss.Cause.TAKEN_OVER) {
            shortOnes = 0;
            return true;
        }
        if (cause != Loss.Cause.CLOSED_BY_SERVER || lasted(lasted)) {
            shortOnes = 0;
            return false;
        }
        shortOnes++;
        if (shortOnes < SHORT_ONES) {
            return false;
        }
        shortOnes = 0;
        return true;
    }

    /** Whether a connection was long enough to begin the delays anew. */
    static boolean lasted(Duration lasted) {
        return lasted.compareTo(SHORT) >= 0;
    }
}
