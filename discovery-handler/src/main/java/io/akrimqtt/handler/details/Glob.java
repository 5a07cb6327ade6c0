package io.akrimqtt.handler.details;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in which {@code *} stands for any text, {@code /} included, and {@code ?} for one character. The time to match grows with
 * the text's length times a 64th of the pattern's, whatever the pattern: all places where a match may stand are followed at the same
 * time, one bit each, and none is ever gone back to. Immutable.
 */
public final class Glob {

    private static final int ANY = '?';

    private final String text;
    private final int size;
    private final long[] stays;
    private final long[] any;
    private final Map<Integer, long[]> moves = new HashMap<>();

    private Glob(String text) {
        this.text = text;
        int[] symbols = text.codePoints().filter(c -> c != '*').toArray();
        this.size = symbols.length;
        this.stays = new long[size / Long.SIZE + 1];
        this.any = new long[stays.length];
        int at = 0;
        for (int c : text.codePoints().toArray()) {
            if (c == '*') {
                set(stays, at);
            } else if (c == ANY) {
                set(any, at++);
            } else {
                set(moves.computeIfAbsent(c, _ -> new long[stays.length]), at++);
            }
        }
        moves.values().forEach(bits -> Arrays.setAll(bits, word -> bits[word] | any[word]));
    }

    /** Any text is a pattern. */
    public static Glob of(String text) {
        return new Glob(text);
    }

    /** Whether the pattern stands for all of a text. */
    public boolean matches(String whole) {
        long[] places = new long[stays.length];
        set(places, 0);
        for (int i = 0; i < whole.length(); ) {
            int c = whole.codePointAt(i);
            i += Character.charCount(c);
            if (!step(places, moves.getOrDefault(c, any))) {
                return false;
            }
        }
        return (places[size / Long.SIZE] & (1L << size)) != 0;
    }

    /** Moves all places on by one character; whether any is left. */
    private boolean step(long[] places, long[] accepting) {
        long carry = 0;
        long left = 0;
        for (int word = 0; word < places.length; word++) {
            long moved = places[word] & accepting[word];
            places[word] = (moved << 1) | carry | (places[word] & stays[word]);
            carry = moved >>> (Long.SIZE - 1);
            left |= places[word];
        }
        return left != 0;
    }

    private static void set(long[] bits, int at) {
        bits[at / Long.SIZE] |= 1L << at;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Glob that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
