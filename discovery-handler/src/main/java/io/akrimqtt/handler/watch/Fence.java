package io.akrimqtt.handler.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * Where what a session had queued ends on a new connection: at a token that we sent round by the server, or where nothing comes
 * any more, or after a limit. Confined to the loop.
 */
final class Fence {

    /** The queue has ended by then even where the token never comes. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Likewise when nothing has come for so long. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    /** So many queued messages are what many servers hold at most: more may have been dropped. */
    private static final int MANY = 1_000;

    private boolean up;
    private boolean subscribed;
    private String token = "";
    private Instant limit = Instant.MAX;
    private Instant lastArrival = Instant.MIN;
    private int count;

    /** A connection is there. */
    void raised(String newToken, Instant at) {
        up = true;
        subscribed = false;
        token = newToken;
        limit = at.plus(LIMIT);
        lastArrival = at;
        count = 0;
    }

    /** The token can go round. */
    void subscribed(Instant at) {
        subscribed = true;
        lastArrival = at;
    }

    String token() {
        return token;
    }

    /** A message came before it. */
    void counted(Instant at) {
        lastArrival = at;
        count++;
    }

    /** Whether this is the token that it waits for. */
    boolean ends(String came) {
        return up && came.equals(token);
    }

    /** Whether what comes now is live. */
    boolean passed() {
        return !up;
    }

    void pass() {
        up = false;
    }

    /** The connection ended. */
    void lowered() {
        limit = Instant.MAX;
        up = true;
        subscribed = false;
        lastArrival = Instant.MAX;
    }

    boolean many() {
        return count >= MANY;
    }

    /** When it is passed for want of a token. */
    Instant due() {
        if (!up) {
            return Instant.MAX;
        }
        var quiet = subscribed ? lastArrival.plus(QUIET) : Instant.MAX;
        return quiet.isBefore(limit) ? quiet : limit;
    }
}
