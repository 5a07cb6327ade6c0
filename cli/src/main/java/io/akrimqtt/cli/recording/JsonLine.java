package io.akrimqtt.cli.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.akrimqtt.cli.output.Printable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line as a flat JSON object: texts, whole numbers, truths and lists of texts; unknown fields are skipped over. */
final class JsonLine {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int SHOWN = 40;

    private record Texts(List<String> all) {}

    private final String file;
    private final long number;
    private final Map<String, Object> fields = new HashMap<>();

    private JsonLine(String file, long number) {
        this.file = file;
        this.number = number;
    }

    static JsonLine parse(String file, long number, String line) throws RecordingException {
        var parsed = new JsonLine(file, number);
        try (var parser = JSON.createParser(line)) {
            parsed.read(parser);
        } catch (IOException _) {
            // Jackson's own words quote the line, which holds payloads.
            throw parsed.wrong("what is no JSON", "one JSON object");
        }
        return parsed;
    }

    private void read(JsonParser parser) throws IOException, RecordingException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("what is no JSON object", "one JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var token = parser.nextToken();
            switch (token) {
                case VALUE_STRING -> fields.put(name, parser.getText());
                case VALUE_NUMBER_INT -> fields.put(name, parser.getLongValue());
                case VALUE_TRUE, VALUE_FALSE -> fields.put(name, parser.getBooleanValue());
                case START_ARRAY -> fields.put(name, new Texts(texts(parser)));
                case START_OBJECT -> parser.skipChildren();
                case END_ARRAY,
                        END_OBJECT,
                        FIELD_NAME,
                        NOT_AVAILABLE,
                        VALUE_EMBEDDED_OBJECT,
                        VALUE_NULL,
                        VALUE_NUMBER_FLOAT -> {}
            }
        }
        if (parser.nextToken() != null) {
            throw wrong("something behind the JSON object", "one JSON object");
        }
    }

    private static List<String> texts(JsonParser parser) throws IOException {
        var texts = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return texts;
    }

    private <T> Optional<T> optional(String name, Class<T> type) {
        return Optional.ofNullable(fields.get(name)).filter(type::isInstance).map(type::cast);
    }

    private <T> T required(String name, Class<T> type, String expected) throws RecordingException {
        var value = optional(name, type);
        if (value.isEmpty()) {
            throw wrong((fields.containsKey(name) ? "a wrong" : "no") + " field " + name, expected);
        }
        return value.get();
    }

    String text(String name) throws RecordingException {
        return required(name, String.class, "a text");
    }

    List<String> texts(String name) throws RecordingException {
        return required(name, Texts.class, "a list of texts").all();
    }

    boolean truth(String name) throws RecordingException {
        return required(name, Boolean.class, "true or false");
    }

    Optional<Boolean> optionalTruth(String name) {
        return optional(name, Boolean.class);
    }

    int number(String name, int most) throws RecordingException {
        var expected = "a whole number from 0 to " + most;
        long value = required(name, Long.class, expected);
        if (value < 0 || value > most) {
            throw wrong(name + " " + value, expected);
        }
        return (int) value;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Instant time() throws RecordingException {
        var text = text("time");
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw wrong("time " + shown(text), "a time such as 2026-11-20T12:00:00Z");
        }
    }

    byte[] base64(String name) throws RecordingException {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException _) {
            throw wrong("a " + name + " that is no base64", "base64");
        }
    }

    RecordingException wrong(String found, String expected) {
        return new RecordingException(file, number, found, expected);
    }

    /** A text of a stranger, as it may be shown. */
    static String shown(String text) {
        var printable = Printable.of(text);
        return "'" + (printable.length() > SHOWN ? printable.substring(0, SHOWN) + "…" : printable) + "'";
    }
}
