package io.akrimqtt.cli.cluster.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as kubectl's tables say it: {@code 90s}, {@code 3m20s}, {@code 5h10m}, {@code 12d}. */
final class Age {

    private Age() {}

    /** Since a timestamp as in objects; {@code <unknown>} where it is none. */
    static String since(String timestamp, Instant now) {
        try {
            return text(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeException _) {
            return "<unknown>";
        }
    }

    private static String text(Duration age) {
        long seconds = age.toSeconds();
        long minutes = age.toMinutes();
        long hours = age.toHours();
        if (seconds < 120) {
            return Math.max(0, seconds) + "s";
        }
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        return hours < 192 ? two(age.toDays(), "d", hours % 24, "h") : age.toDays() + "d";
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : small + smallUnit);
    }
}
