package io.akrimqtt.cli.output;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What {@code --output json} prints, told by the types that print it. */
public final class EventSchema {

    private static final String HEAD = """
            With --output json each event is one line with one JSON object. Each has
              time             ISO-8601 in UTC with milliseconds
              event            one of the names below
            and those of its fields that have a value. Numbers and truths are JSON's, all else is text. Events and fields may be
            added; none is renamed, retyped or taken away. Skip what you do not know.
            """;

    private EventSchema() {}

    /** All events with their fields, then all fields with their meanings. */
    public static String text() {
        var text = new StringBuilder(HEAD).append("\nEvents:\n");
        for (var type : EventType.values()) {
            text.append("  %s%n    %s%n    %s%n".formatted(type.eventName(), type.meaning(), keys(type)));
        }
        text.append("\nFields:\n");
        for (var field : Field.values()) {
            text.append("  %-16s %s%n".formatted(field.key(), field.meaning()));
        }
        return text.toString().stripTrailing();
    }

    private static String keys(EventType type) {
        return type.fields().stream().map(Field::key).collect(Collectors.joining(", "));
    }

    /** Each event with its fields on one line, for a test that guards the promise. */
    static String lines() {
        return Arrays.stream(EventType.values())
                .map(type -> type.eventName() + ": " + keys(type))
                .collect(Collectors.joining("\n"));
    }
}
