package io.akrimqtt.cli.configuration;

import io.akrimqtt.cli.output.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Text of others, fit for a message: in quotes, on one line, cut at 120 characters; and the known word that it resembles. */
final class Quote {

    private static final int MAX = 120;

    private Quote() {}

    static String of(String text) {
        var line = new StringBuilder("'");
        text.codePoints().limit(MAX).forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.append(text.codePointCount(0, text.length()) > MAX ? "…'" : "'")
                .toString();
    }

    /** The word that was probably meant, if any is near. */
    static Optional<String> nearest(String text, Collection<String> words) {
        if (text.length() > MAX) {
            return Optional.empty();
        }
        return words.stream()
                .min(Comparator.comparingInt(word -> Spelling.distance(text, word)))
                .filter(word -> Spelling.distance(text, word) <= Math.max(1, word.length() / 3));
    }
}
