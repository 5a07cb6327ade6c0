package io.akrimqtt.handler.details;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, or ISO-8601 such as {@code PT30S}. */
final class Durations {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private Durations() {}

    /**
     * Reads a duration within bounds, both included; zero may be written without a unit, and is legal beside the bounds where
     * {@code zero} says what it means.
     */
    static Optional<Duration> read(Located value, Bounds bounds, Problems problems) {
        var text = Fields.text(value, bounds.expected(), problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var parsed = parse(text.get());
        if (parsed.filter(bounds::include).isPresent()) {
            return parsed;
        }
        var found = "'" + text.get() + "'";
        if (parsed.isPresent()) {
            found += " is out of range";
        } else if (NUMBER.matcher(text.get()).matches()) {
            found += " has no unit";
        }
        problems.at(value.node(), value.path(), found, bounds.expected());
        return Optional.empty();
    }

    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var match = SHORT.matcher(text);
        if (match.matches()) {
            long amount = Long.parseLong(match.group(1));
            return Optional.of(
                    switch (match.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /**
     * What a duration may be.
     *
     * @param zero what zero means, or empty where it means nothing special
     */
    record Bounds(Duration least, Duration most, String text, String zero) {
        boolean include(Duration value) {
            boolean within = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
            return within || (value.isZero() && !zero.isEmpty());
        }

        String expected() {
            return "a duration such as 10s, 5m, 1h or PT30S, " + text + (zero.isEmpty() ? "" : "; 0 for " + zero);
        }
    }
}
