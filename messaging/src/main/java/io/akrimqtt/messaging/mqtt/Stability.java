package io.akrimqtt.messaging.mqtt;

import java.time.Duration;

/** Tells from how connections end whether another client has our client id. Confined to the owner's thread. */
final class Stability {

    /** A connection that ends sooner did not last. */
    static final Duration SHORT = Duration.ofSeconds(5);

    /** So many short ones in a row, closed by the server without a reason, are another client's work. */
    static final int SHORT_ONES = 3;

    /** After a take-over the other client is known: a connection must last so long before it is forgotten. */
    static final Duration MEMORY = Duration.ofMinutes(3);

    private int shortOnes;
    private boolean rival;

    /** Whether a connection that ended after this time, and for this reason, was taken over. */
    boolean takenOver(Duration lasted, Loss.Cause cause) {
        rival &= lasted.compareTo(MEMORY) < 0;
        if (cause == Loss.Cause.TAKEN_OVER || (rival && cause == Loss.Cause.CLOSED_BY_SERVER)) {
            return found();
        }
        if (cause != Loss.Cause.CLOSED_BY_SERVER || lasted(lasted)) {
            shortOnes = 0;
            return false;
        }
        shortOnes++;
        return shortOnes >= SHORT_ONES && found();
    }

    private boolean found() {
        shortOnes = 0;
        rival = true;
        return true;
    }

    /** Whether a connection was long enough to begin the delays anew. */
    static boolean lasted(Duration lasted) {
        return lasted.compareTo(SHORT) >= 0;
    }
}
