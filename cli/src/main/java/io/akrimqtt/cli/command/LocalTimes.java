package io.akrimqtt.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as people read them, with the day, to the second.
 *
 * @param zone where they are
 */
record LocalTimes(ZoneId zone) {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter PRECISE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** The same, to the millisecond. */
    String precise(Instant time) {
        return PRECISE.format(time.atZone(zone));
    }

    String text(Instant time) {
        return FORM.format(time.atZone(zone));
    }
}
