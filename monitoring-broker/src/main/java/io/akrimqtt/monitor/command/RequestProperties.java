package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.command.life.TrafficClass;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers over MQTT 5 ask for beside the payload: user properties, as gRPC's callers have fields. */
final class RequestProperties {

    static final String MEMBER = "member";

    private static final String TTL = "ttl";
    private static final String TIMEOUT = "timeout";
    private static final String PRIORITY = "priority";
    private static final String REPLACE = "replace";
    private static final String REPEATABLE = "repeatable";
    private static final String STATES = "states";
    private static final String DURATION = " (expected: a duration such as PT90S or PT1H)";

    /** Who says that it asks, in the mRPC protocol. */
    private static final String SOURCE = "__srcId";

    private RequestProperties() {}

    static boolean states(Message request) {
        return request.userProperty(STATES).filter("yes"::equals).isPresent();
    }

    /** What the caller calls itself, which nobody has proved; empty where it does not. */
    static String claimed(Message request) {
        return CommandRules.quoted(request.userProperty(SOURCE).orElse(""));
    }

    /**
     * An order with all that was asked for.
     *
     * @throws IllegalArgumentException with one sentence for the caller where something cannot be read
     */
    static CommandOrder read(Message request, CommandOrder order) {
        return order.queued(queueing(request))
                .withIdempotencyKey(
                        request.userProperty(CommandRequest.IDEMPOTENCY_KEY).orElse(""))
                .withRepeatable(yes(request, REPEATABLE))
                .in(traffic(request));
    }

    /** How long to wait for the answer: what is written, else the request's own time to live, where it may be one. */
    static Duration timeout(Message request) {
        return duration(request, TIMEOUT)
                .orElseGet(() -> request.expiry()
                        .filter(expiry -> request.userProperty(TTL).isEmpty())
                        .filter(expiry -> expiry.isPositive() && expiry.compareTo(CommandOrder.LONGEST_TIMEOUT) <= 0)
                        .orElse(CommandOrder.DEFAULT_TIMEOUT));
    }

    private static @Nullable Queueing queueing(Message request) {
        var ttl = duration(request, TTL);
        return ttl.isEmpty()
                ? null
                : new Queueing(
                        ttl.get(),
                        priority(request),
                        request.userProperty(REPLACE).orElse(""));
    }

    private static CommandPriority priority(Message request) {
        var word = word(request, PRIORITY, List.of("normal", "high", "low"));
        return CommandPriority.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static TrafficClass traffic(Message request) {
        var words = List.of("normal", "control", "bulk");
        return TrafficClass.of(word(request, TrafficClass.PROPERTY, words)).orElse(TrafficClass.NORMAL);
    }

    private static boolean yes(Message request, String name) {
        return word(request, name, List.of("no", "yes")).equals("yes");
    }

    /** The first of the words where nothing is written. */
    private static String word(Message request, String name, List<String> words) {
        var word = request.userProperty(name).orElse(words.getFirst());
        if (!words.contains(word)) {
            throw new IllegalArgumentException(
                    name + ": '" + CommandRules.quoted(word) + "' (expected: " + String.join(", ", words) + ")");
        }
        return word;
    }

    private static Optional<Duration> duration(Message request, String name) {
        return request.userProperty(name).map(text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(name + ": '" + CommandRules.quoted(text) + "'" + DURATION, e);
            }
        });
    }
}
