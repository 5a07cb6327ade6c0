package io.akrimqtt.serving.log;

import java.util.HexFormat;

/** Writes JSON on one line, with a bound in bytes of UTF-8 for each value. Confined to one thread. */
final class JsonLine {

    private static final int LONGEST_NAME = 64;
    private static final String CUT = "…";

    private final StringBuilder text = new StringBuilder(256);
    private boolean first = true;

    JsonLine open() {
        text.append('{');
        first = true;
        return this;
    }

    JsonLine open(String name) {
        name(name);
        return open();
    }

    JsonLine close() {
        text.append('}');
        first = false;
        return this;
    }

    /**
     * A member.
     *
     * @param most so many bytes of the value are written
     * @return how many bytes were written
     */
    int put(String name, String value, int most) {
        name(name);
        text.append('"');
        int written = escape(value, most);
        text.append('"');
        return written;
    }

    private void name(String name) {
        if (!first) {
            text.append(',');
        }
        first = false;
        text.append('"');
        escape(name, LONGEST_NAME);
        text.append("\":");
    }

    private int escape(String value, int most) {
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            var piece = escaped(value.charAt(i));
            int bytes = bytes(piece);
            if (written + bytes > most) {
                text.append(CUT);
                break;
            }
            text.append(piece);
            written += bytes;
        }
        return written;
    }

    /** Half of a surrogate pair counts as three bytes, which is more than it takes. */
    private static int bytes(String piece) {
        char c = piece.charAt(0);
        return c < 0x80 ? piece.length() : c < 0x800 ? 2 : 3;
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                // The last two end lines for some readers.
                c < ' ' || (c >= 0x7f && c <= 0x9f) || c == '\u2028' || c == '\u2029'
                        ? "\\u" + HexFormat.of().toHexDigits(c)
                        : String.valueOf(c);
        };
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
