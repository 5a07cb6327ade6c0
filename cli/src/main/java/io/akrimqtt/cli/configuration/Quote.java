package io.akrimqtt.cli.configuration;

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
                .min(Comparator.comparingInt(word -> distance(text, word)))
                .filter(word -> distance(text, word) <= Math.max(1, word.length() / 3));
    }

    /** Levenshtein's distance, letters' case apart. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int changed = corner + (same ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
