package io.akrimqtt.handler.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Looks at the count of messages that an MQTT server has dropped, whomever they were for: where it rises, some may have been
 * ours. A count that rises again and again is looked at ever more seldom. Confined to the loop.
 */
final class DropWatch {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private static final int MAX_DOUBLINGS = 4;

    /** What our own reading made the server drop shows within this. */
    private static final Duration OWN = Duration.ofSeconds(20);

    private OptionalLong known = OptionalLong.empty();
    private boolean own;
    private int doublings;
    private Instant dueAt = Instant.MAX;

    void stop() {
        dueAt = Instant.MAX;
    }

    /** A reading has ended, which may itself have made the server drop messages. */
    void read(SystemFacts facts, Instant at) {
        own = true;
        dueAt = facts.dropped().isPresent() ? at.plus(OWN) : Instant.MAX;
    }

    void looking() {
        dueAt = Instant.MAX;
    }

    /** Takes the result of a look; says whether messages were dropped since the one before. */
    boolean rose(SystemFacts facts, Instant at) {
        var before = known;
        known = facts.dropped();
        boolean rose = !own && before.isPresent() && known.isPresent() && known.getAsLong() > before.getAsLong();
        doublings = rose ? Math.min(doublings + 1, MAX_DOUBLINGS) : own ? doublings : 0;
        own = false;
        dueAt = at.plus(EVERY.multipliedBy(1L << doublings));
        return rose;
    }

    /** When to look; {@link Instant#MAX} for never. */
    Instant due() {
        return dueAt;
    }
}
