package io.akrimqtt.cli.output;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** One line for people: time, what happened, to whom, and the rest in words. */
final class TextFormat implements EventFormat {

    /** What follows the device, in this order. */
    private static final List<Field> REST = List.of(
            Field.PROGRAM,
            Field.CONFIGURATION,
            Field.MEMBER,
            Field.COMMAND,
            Field.STATE,
            Field.STATUS,
            Field.PAYLOAD,
            Field.PAYLOAD_HEX,
            Field.PAYLOAD_BASE64,
            Field.URL,
            Field.DIRECTORY,
            Field.FIRST_CURSOR,
            Field.LAST_CURSOR,
            Field.GAP_REASON,
            Field.TEXT);

    private final DateTimeFormatter time;
    private final Ansi ansi;

    TextFormat(ZoneId zone, Ansi ansi) {
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.ansi = ansi;
    }

    private static String readable(Field field, String text) {
        return field == Field.PAYLOAD ? Printable.json(text) : text;
    }

    /** Whose fault it is that a command did not succeed, and whether trying again may help. */
    private static String failed(Event event) {
        var origin = event.text(Field.ORIGIN);
        boolean retryable = event.value(Field.RETRYABLE).isPresent();
        return origin.isEmpty() ? "" : "(" + origin + (retryable ? ", try again" : "") + ")";
    }

    @Override
    public String line(Event event) {
        var rest = new StringJoiner(" ");
        if (event.type() == EventType.TELEMETRY_MESSAGE) {
            rest.add(Printable.of(event.text(Field.TOPIC)));
        }
        for (var field : REST) {
            var text = Printable.of(readable(field, event.text(field)));
            if (!text.isEmpty()) {
                rest.add(text);
            }
        }
        var failed = failed(event);
        if (!failed.isEmpty()) {
            rest.add(failed);
        }
        var what = "%-19s".formatted(event.type().eventName().replace('.', ' '));
        var who = Printable.of(event.text(Field.DEVICE));
        return (time.format(event.time()) + "  " + ansi.paint(Ansi.of(event.type()), what) + " "
                        + (who.isEmpty() ? "" : "%-12s ".formatted(who)) + rest)
                .stripTrailing();
    }
}
