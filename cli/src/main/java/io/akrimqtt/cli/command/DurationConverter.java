package io.akrimqtt.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, or ISO-8601. At most a year, over zero. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Duration MAX = Duration.ofDays(366);

    @Override
    public Duration convert(String text) {
        var duration = parse(text);
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX) > 0) {
            throw new TypeConversionException("'" + text + "' (expected: more than zero, at most a year)");
        }
        return duration;
    }

    private static Duration parse(String text) {
        try {
            if (text.matches("\\d{1,9}ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            var upper = text.toUpperCase(Locale.ROOT);
            return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
        } catch (DateTimeParseException | ArithmeticException _) {
            throw new TypeConversionException("'" + text + "' (expected: a duration such as 40s, 5m, 1h or PT1M30S)");
        }
    }
}
