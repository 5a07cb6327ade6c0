package io.akrimqtt.handler.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * When what one MQTT server retains is to be read again: each period, and soon after a possible loss, though not within
 * {@link #APART} of the latest reading's begin. A reading never begins before the one before it has ended. Confined to the loop.
 */
final class AuditPlan {

    static final Duration APART = Duration.ofSeconds(10);

    /** An incomplete reading is made again after this, the next one after twice as long, and so on. */
    static final Duration AGAIN = Duration.ofMinutes(1);

    private static final int MAX_DOUBLINGS = 6;

    /** Of the period, by which those of different clients differ. */
    private static final double SPREAD = 0.2;

    private final Duration period;
    private Instant dueAt = Instant.MAX;
    private Instant wantedAt = Instant.MAX;
    private Instant notBefore = Instant.MIN;
    private boolean ready;
    private int incomplete;

    /**
     * A plan without an audit.
     *
     * @param period zero for no audits but those that are asked for
     * @param client whose readings should not fall together with those of others
     */
    AuditPlan(Duration period, String client) {
        double share = (double) Math.floorMod(client.hashCode() * 0x9E3779B9, 1_000) / 1_000;
        this.period = Duration.ofMillis((long) (period.toMillis() * (1 - SPREAD / 2 + SPREAD * share)));
    }

    /** The exact time between two audits of the plan. */
    Duration period() {
        return period;
    }

    /** The connection ended, or is new: its catching up reads everything anyhow. */
    void stop() {
        ready = false;
        dueAt = Instant.MAX;
        wantedAt = Instant.MAX;
    }

    /** A reading begins. */
    void began(Instant at) {
        stop();
        notBefore = at.plus(APART);
    }

    /** It has ended. */
    void ended(Instant at) {
        ready = true;
        dueAt = period.isZero() ? Instant.MAX : at.plus(period);
    }

    /** It was read to its end, or not, for whatever reason. */
    void read(Instant at, boolean complete) {
        if (complete) {
            incomplete = 0;
        } else {
            soon(at.plus(AGAIN.multipliedBy(1L << incomplete)));
            incomplete = Math.min(incomplete + 1, MAX_DOUBLINGS);
        }
    }

    /** One is wanted at this time, or as soon after it as may be; several wishes are one audit. */
    void soon(Instant at) {
        wantedAt = at.isBefore(wantedAt) ? at : wantedAt;
    }

    /** When it is to begin; {@link Instant#MAX} for not yet known. */
    Instant due() {
        if (!ready) {
            return Instant.MAX;
        }
        var wanted = wantedAt.isBefore(notBefore) ? notBefore : wantedAt;
        return wanted.isBefore(dueAt) ? wanted : dueAt;
    }
}
