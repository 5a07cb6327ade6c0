package io.akrimqtt.monitor.command.life;

import org.jspecify.annotations.Nullable;

/**
 * How an order is to be treated.
 *
 * @param queueing whether and how it waits for a device that is not there; null for failing at once
 * @param idempotencyKey the same order with the same key is the same command; empty for none
 * @param repeatable it may be sent again where nobody knows whether it was sent
 * @param traffic whose window it takes a place of while it is under way
 */
public record Terms(@Nullable Queueing queueing, String idempotencyKey, boolean repeatable, TrafficClass traffic) {

    /** At once or not at all, and at most once. */
    public static final Terms DEFAULT = new Terms(null, "", false, TrafficClass.NORMAL);

    Terms queued(@Nullable Queueing how) {
        return new Terms(how, idempotencyKey, repeatable, traffic);
    }

    Terms withIdempotencyKey(String key) {
        return new Terms(queueing, key, repeatable, traffic);
    }

    Terms withRepeatable(boolean value) {
        return new Terms(queueing, idempotencyKey, value, traffic);
    }

    Terms withTraffic(TrafficClass value) {
        return new Terms(queueing, idempotencyKey, repeatable, value);
    }
}
