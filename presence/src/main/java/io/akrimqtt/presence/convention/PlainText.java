package io.akrimqtt.presence.convention;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Payloads as text: strictly UTF-8, without what devices leave around it. */
final class PlainText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private PlainText() {}

    /** The text without a byte order mark, blanks around it and one trailing NUL; empty where it is no UTF-8. */
    static Optional<String> of(byte[] payload) {
        try {
            return Optional.of(trim(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString()));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    static String trim(String text) {
        int from = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        int to = withoutBlanks(text, from, text.length());
        if (to > from && text.charAt(to - 1) == 0) {
            to = withoutBlanks(text, from, to - 1);
        }
        while (from < to && blank(text.charAt(from))) {
            from++;
        }
        return text.substring(from, to);
    }

    private static int withoutBlanks(String text, int from, int to) {
        int end = to;
        while (end > from && blank(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
