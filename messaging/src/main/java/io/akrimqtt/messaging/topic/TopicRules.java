package io.akrimqtt.messaging.topic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What topic names and topic filters have in common: MQTT 5.0, sections 1.5.4 and 4.7.3. */
final class TopicRules {

    /** MQTT's limit for a UTF-8 string. */
    static final int MAX_BYTES = 65_535;

    /** How much of a bad value is quoted in an error. */
    private static final int QUOTED = 120;

    private TopicRules() {}

    static Optional<String> textProblem(String value) {
        if (value.isEmpty()) {
            return Optional.of("is empty (expected: 1 to 65535 bytes of UTF-8)");
        }
        if (value.length() > MAX_BYTES || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("is longer than 65535 bytes of UTF-8 (expected: 1 to 65535)");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                return Optional.of("has the character U+0000 at index " + i + " (expected: none)");
            }
            if (Character.isSurrogate(c) && !isPair(value, i)) {
                return Optional.of("has an unpaired surrogate at index " + i + " (expected: well-formed text)");
            }
        }
        return Optional.empty();
    }

    private static boolean isPair(String value, int index) {
        return Character.isHighSurrogate(value.charAt(index))
                ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }

    static String quote(String value) {
        return "'" + (value.length() <= QUOTED ? value : value.substring(0, QUOTED) + "…") + "'";
    }
}
