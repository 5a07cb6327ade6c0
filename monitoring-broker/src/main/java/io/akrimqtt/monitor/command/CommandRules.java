package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.Queueing;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers may ask for. */
final class CommandRules {

    /** The largest payload, in bytes. */
    static final int MAX_PAYLOAD = 256 * 1024;

    private static final int MAX_NAME = 128;
    private static final int MAX_CONTENT_TYPE = 256;

    private CommandRules() {}

    /** Why an order is refused, or empty. */
    static Optional<CommandOutcome> refusal(CommandOrder order) {
        return nameProblem(order.command())
                .or(() -> timeoutProblem(order.timeout()))
                .or(() -> contentTypeProblem(order.payload().contentType().orElse("")))
                .or(() -> keyProblem("idempotency key", order.idempotencyKey()))
                .or(() -> queueingProblem(order.queueing()))
                .map(problem -> CommandOutcome.refused(400, Origin.CALLER, false, problem))
                .or(() -> sizeRefusal(order.payload().size()));
    }

    /** Why an order to a whole group is refused, or empty. */
    static Optional<CommandOutcome> groupRefusal(CommandOrder order, int devices) {
        if (devices == 0) {
            var text = "member: no device of the group was heard of yet (expected: one at least)";
            return Optional.of(CommandOutcome.refused(404, Origin.CALLER, true, text));
        }
        return order.idempotencyKey().isEmpty()
                ? refusal(order)
                : Optional.of(CommandOutcome.refused(
                        400, Origin.CALLER, false, "idempotency key: is there (expected: none for a whole group)"));
    }

    private static Optional<String> nameProblem(String name) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            int length = name.codePointCount(0, name.length());
            return Optional.of("command: has " + length + " characters (expected: 1 to " + MAX_NAME + ")");
        }
        if (name.startsWith("$")) {
            return Optional.of("command: begins with '$' (expected: another first character)");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '+' || c == '#') {
                return Optional.of("command: has '" + c + "' at index " + i + " (expected: one topic level)");
            }
            if (Character.isISOControl(c)) {
                return Optional.of("command: has a control character at index " + i + " (expected: none)");
            }
        }
        return Optional.empty();
    }

    /** What a caller wrote, not at length. */
    static String quoted(String text) {
        var shown = text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "…";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    private static Optional<String> timeoutProblem(Duration timeout) {
        boolean fits = timeout.isPositive() && timeout.compareTo(CommandOrder.LONGEST_TIMEOUT) <= 0;
        return fits
                ? Optional.empty()
                : Optional.of("timeout: " + timeout + " (expected: more than 0, at most " + CommandOrder.LONGEST_TIMEOUT
                        + ")");
    }

    private static Optional<String> contentTypeProblem(String type) {
        boolean fits = type.length() <= MAX_CONTENT_TYPE && type.chars().noneMatch(Character::isISOControl);
        return fits
                ? Optional.empty()
                : Optional.of("content type: has control characters, or more than " + MAX_CONTENT_TYPE
                        + " characters (expected: a MIME type)");
    }

    private static Optional<String> keyProblem(String what, String key) {
        boolean fits = key.length() <= MAX_NAME && key.chars().noneMatch(Character::isISOControl);
        return fits
                ? Optional.empty()
                : Optional.of(what + ": has control characters, or more than " + MAX_NAME
                        + " characters (expected: a short text)");
    }

    private static Optional<String> queueingProblem(@Nullable Queueing queueing) {
        if (queueing == null) {
            return Optional.empty();
        }
        var ttl = queueing.ttl();
        boolean fits = ttl.compareTo(Queueing.SHORTEST_TTL) >= 0 && ttl.compareTo(Queueing.LONGEST_TTL) <= 0;
        return fits
                ? keyProblem("replace key", queueing.replaceKey())
                : Optional.of("time to live: " + ttl + " (expected: " + Queueing.SHORTEST_TTL + " to "
                        + Queueing.LONGEST_TTL + ")");
    }

    private static Optional<CommandOutcome> sizeRefusal(int size) {
        return size <= MAX_PAYLOAD
                ? Optional.empty()
                : Optional.of(CommandOutcome.refused(
                        413,
                        Origin.CALLER,
                        false,
                        "payload: has " + size + " bytes (expected: at most " + MAX_PAYLOAD + ")"));
    }
}
