package io.akrimqtt.handler.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an MQTT server tells of itself below {@code $SYS}, as Mosquitto does; empty what it does not tell us.
 *
 * @param startedAt when it was started, or somewhat later: it tells its age each ten seconds by default, and what we get is the latest
 * @param retained how many messages it retains, its own among them
 * @param dropped how many messages it dropped since its start, whomever they were for
 */
record SystemFacts(Optional<Instant> startedAt, OptionalLong retained, OptionalLong dropped) {

    static final SystemFacts NONE = new SystemFacts(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    private static final String UPTIME = "$SYS/broker/uptime";
    private static final String RETAINED = "$SYS/broker/retained messages/count";
    private static final String DROPPED = "$SYS/broker/publish/messages/dropped";

    /** What to subscribe to. */
    static final List<TopicFilter> FILTERS =
            List.of(TopicFilter.of(UPTIME), TopicFilter.of(RETAINED), TopicFilter.of(DROPPED));

    /** A hundred years. */
    private static final long MAX_UPTIME = 100L * 366 * 86_400;

    private static final int MAX_BYTES = 64;
    private static final int MAX_DIGITS = 18;

    /** With what a message adds; whatever else it holds is ignored. */
    SystemFacts with(Message message, Instant now) {
        var value = number(message.payload());
        return switch (message.topic().value()) {
            case UPTIME -> new SystemFacts(started(value, now), retained, dropped);
            case RETAINED -> new SystemFacts(startedAt, value, dropped);
            case DROPPED -> new SystemFacts(startedAt, retained, value);
            default -> this;
        };
    }

    private static Optional<Instant> started(OptionalLong uptime, Instant now) {
        return uptime.isPresent() && uptime.getAsLong() < MAX_UPTIME
                ? Optional.of(now.minusSeconds(uptime.getAsLong()))
                : Optional.empty();
    }

    /** The number at the beginning of a text, for example {@code 123 seconds}. */
    private static OptionalLong number(byte @Nullable [] payload) {
        if (payload == null || payload.length > MAX_BYTES) {
            return OptionalLong.empty();
        }
        var text = new String(payload, US_ASCII);
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean alone = end == text.length() || text.charAt(end) == ' ';
        return end > 0 && end <= MAX_DIGITS && alone
                ? OptionalLong.of(Long.parseLong(text, 0, end, 10))
                : OptionalLong.empty();
    }
}
