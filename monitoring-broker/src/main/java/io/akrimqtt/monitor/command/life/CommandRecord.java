package io.akrimqtt.monitor.command.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that must outlive a process of one command.
 *
 * @param id 32 hexadecimal digits: the correlation data of its request, too
 * @param number rises with each command of a process; orders those of one moment
 * @param fingerprint of the order, to know it again; empty without an idempotency key
 * @param until it waits for being sent until then
 * @param sent when it was sent, or was about to be; null where it surely was not
 * @param deadline an answer counts until then; null while it waits
 * @param outcome how it ended, or null
 * @param ended when, or null
 */
public record CommandRecord(
        String id,
        long number,
        CommandOrder order,
        String fingerprint,
        Instant submitted,
        Instant until,
        @Nullable Instant sent,
        @Nullable Instant deadline,
        @Nullable CommandOutcome outcome,
        @Nullable Instant ended) {

    /**
     * For how long yet its answer may come where nothing in an answer tells whose it is: for as long again as it had. Empty where it
     * was not sent, was answered, or is past that.
     */
    public Optional<Duration> answerable(Instant now) {
        if (sent == null || deadline == null || (outcome != null && !outcome.mayStillBeAnswered())) {
            return Optional.empty();
        }
        var end = ended == null ? deadline : ended;
        return Optional.of(Duration.between(now, end.plus(order.timeout()))).filter(Duration::isPositive);
    }
}
