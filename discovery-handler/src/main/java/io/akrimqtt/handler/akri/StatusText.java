package io.akrimqtt.handler.akri;

import java.nio.charset.StandardCharsets;

/** Text for the description of a gRPC status, which travels percent-encoded in a header of bounded size. */
final class StatusText {

    /** The longest description in bytes as encoded. */
    static final int MAX_BYTES = 4096;

    private static final String MORE = "\n...";

    private StatusText() {}

    /** The text, cut where it would be too long. */
    static String cut(String text) {
        int bytes = 0;
        int end = 0;
        int fitting = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            bytes += encoded(text.substring(end, next));
            end = next;
            if (bytes <= MAX_BYTES - encoded(MORE)) {
                fitting = end;
            }
        }
        return bytes <= MAX_BYTES ? text : text.substring(0, fitting) + MORE;
    }

    private static int encoded(String text) {
        int bytes = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes += b >= ' ' && b <= '~' && b != '%' ? 1 : 3;
        }
        return bytes;
    }
}
