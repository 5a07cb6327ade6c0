package io.akrimqtt.handler.details;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with one document, up to a limit. Confined to one thread. */
final class Problems {

    /** How many are told; what follows is counted. */
    static final int MAX = 100;

    private static final int MAX_FOUND = 120;
    private static final String EXPECTED = " (expected: ";

    private final String file;
    private final List<Problem> list = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void at(@Nullable Mark mark, String path, String found, String expected) {
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        at(line, column, path, found, expected);
    }

    void at(int line, int column, String path, String found, String expected) {
        list.add(new Problem(file, line, column, cut(path), cut(found), expected));
    }

    void at(Node node, String path, String found, String expected) {
        at(node.getStartMark(), path, found, expected);
    }

    /**
     * Notes what a value type said about a text.
     *
     * @param sentence ends in {@code (expected: …)}, as those of {@code TopicFilter.problem} and its kin
     */
    void sentence(Node node, String path, String value, String sentence) {
        int split = sentence.lastIndexOf(EXPECTED);
        boolean told = split >= 0 && sentence.endsWith(")");
        var what = told ? sentence.substring(0, split) : sentence;
        var expected = told ? sentence.substring(split + EXPECTED.length(), sentence.length() - 1) : "another value";
        at(node, path, (value.isEmpty() ? "" : value + " ") + what, expected);
    }

    boolean any() {
        return !list.isEmpty();
    }

    /** In the order of their places; at most {@link #MAX} and one that counts the rest. */
    List<Problem> sorted() {
        var all = new ArrayList<>(list);
        all.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (all.size() <= MAX) {
            return List.copyOf(all);
        }
        var told = new ArrayList<>(all.subList(0, MAX));
        var next = all.get(MAX);
        int rest = all.size() - MAX;
        told.add(
                new Problem(file, next.line(), next.column(), "", rest + " more problems", "those above mended first"));
        return List.copyOf(told);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MAX_FOUND
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_FOUND)) + "…";
    }
}
