package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.output.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Collects the names that may have been meant, a few of however many. Confined to one thread. */
final class NearNames {

    private static final int KEPT = 5;

    /** Longer ones are not compared letter by letter. */
    private static final int MAX_LENGTH = 80;

    private record Near(int distance, String name) {}

    private final String meant;
    private final TreeSet<Near> nearest =
            new TreeSet<>(Comparator.comparingInt(Near::distance).thenComparing(Near::name));

    NearNames(String meant) {
        this.meant = meant;
    }

    /** Takes a name into account, with the id that it stands for. */
    void add(String id, String name) {
        int distance = Math.min(distance(name), distance(id));
        if (distance <= Math.max(2, meant.length() / 3)) {
            nearest.add(new Near(distance, name));
        }
        if (nearest.size() > KEPT) {
            nearest.removeLast();
        }
    }

    private int distance(String name) {
        if (name.length() > MAX_LENGTH || meant.length() > MAX_LENGTH) {
            return Integer.MAX_VALUE;
        }
        boolean part = !meant.isEmpty() && name.toLowerCase(Locale.ROOT).contains(meant.toLowerCase(Locale.ROOT));
        return part ? 1 : Spelling.distance(meant, name);
    }

    /** The nearest first. */
    List<String> names() {
        return nearest.stream().map(Near::name).toList();
    }
}
