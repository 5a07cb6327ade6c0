package io.akrimqtt.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Text of others, fit for a terminal: control characters, which could steer it, are written out. */
public final class Printable {

    private static final JsonFactory JSON = new JsonFactory();

    private Printable() {}

    /** The text on one line. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::steers)) {
            return text;
        }
        var clean = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!steers(c)) {
                clean.appendCodePoint(c);
            } else if (c == '\n') {
                clean.append("\\n");
            } else {
                clean.append("\\u%04x".formatted(c));
            }
        });
        return clean.toString();
    }

    /** Control characters, and those that turn the direction of text round. */
    private static boolean steers(int c) {
        return (Character.isISOControl(c) && c != '\t')
                || Character.getType(c) == Character.FORMAT
                || c == 0x2028
                || c == 0x2029;
    }

    /** Bytes as text, where they are UTF-8 without control characters but tab and line breaks. */
    public static Optional<String> text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean plain =
                    text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r');
            return plain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** JSON that was written on several lines on one; other text as it is. */
    static String json(String text) {
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return text;
        }
        var line = new StringWriter();
        try (var in = JSON.createParser(text);
                var out = JSON.createGenerator(line)) {
            if (in.nextToken() == null) {
                return text;
            }
            out.copyCurrentStructureExact(in);
            if (in.nextToken() != null) {
                return text;
            }
        } catch (IOException _) {
            return text;
        }
        return line.toString();
    }

    /** Bytes in hexadecimal, lower case, without spaces. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The same, but what is no text in Base64. */
    public static Event payloadBase64(Event event, byte[] bytes) {
        return text(bytes)
                .map(text -> event.with(Field.PAYLOAD, text))
                .orElseGet(() ->
                        event.with(Field.PAYLOAD_BASE64, Base64.getEncoder().encodeToString(bytes)));
    }

    /** An event with a payload, in the field that fits it; an empty payload is left out. */
    public static Event payload(Event event, byte[] bytes) {
        return text(bytes)
                .map(text -> event.with(Field.PAYLOAD, text))
                .orElseGet(() -> event.with(Field.PAYLOAD_HEX, hex(bytes)));
    }
}
