package io.akrimqtt.handler.caretaker;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A bucket of tokens: so many a second, and what a second gives at once. */
final class Pace {

    private double perSecond;
    private double tokens;
    private @Nullable Instant filled;

    Pace(double perSecond) {
        this.perSecond = perSecond;
        this.tokens = Math.max(1, perSecond);
    }

    /** Changes the pace; what is in the bucket stays, up to the new brim. */
    void set(double value) {
        perSecond = value;
    }

    /** Takes a token if there is one. */
    boolean take(Instant now) {
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** When there is one again. */
    Instant next(Instant now) {
        return now.plusNanos((long) Math.ceil(Math.max(0, 1 - tokens) / perSecond * 1e9) + 1);
    }

    private void fill(Instant now) {
        if (filled != null && now.isAfter(filled)) {
            tokens += Duration.between(filled, now).toNanos() / 1e9 * perSecond;
        }
        tokens = Math.min(tokens, Math.max(1, perSecond));
        filled = now;
    }
}
