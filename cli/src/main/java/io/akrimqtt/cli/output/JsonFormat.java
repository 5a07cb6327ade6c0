package io.akrimqtt.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** One JSON object per line. */
final class JsonFormat implements EventFormat {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final JsonFactory json = new JsonFactory();

    @Override
    public String line(Event event) {
        var text = new StringWriter();
        try (var out = json.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("time", TIME.format(event.time()));
            out.writeStringField("event", event.type().eventName());
            for (var field : event.type().fields()) {
                write(out, field, event);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Field field, Event event) throws IOException {
        var value = event.value(field);
        if (value.isEmpty()) {
            return;
        }
        switch (value.get()) {
            case Long number -> out.writeNumberField(field.key(), number);
            case Boolean truth -> out.writeBooleanField(field.key(), truth);
            case Object text -> out.writeStringField(field.key(), text.toString());
        }
    }
}
