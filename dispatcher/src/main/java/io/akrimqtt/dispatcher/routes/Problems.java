package io.akrimqtt.dispatcher.routes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with one file, up to a limit. Confined to one thread. */
final class Problems {

    private static final int MOST = 100;
    private static final int QUOTED = 120;
    private static final String EXPECTED = " (expected: ";

    private final String file;
    private final List<RouteProblem> list = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void at(@Nullable Mark mark, String path, String found, String expected) {
        if (list.size() < MOST) {
            int line = mark == null ? 1 : mark.getLine() + 1;
            int column = mark == null ? 1 : mark.getColumn() + 1;
            list.add(new RouteProblem(file, line, column, path, cut(found), expected));
        }
    }

    /** @param sentence of a value type, which ends in {@code (expected: …)} */
    void sentence(@Nullable Mark mark, String path, String value, String sentence) {
        int split = sentence.lastIndexOf(EXPECTED);
        boolean told = split >= 0 && sentence.endsWith(")");
        at(
                mark,
                path,
                "'" + cut(value) + "' " + (told ? sentence.substring(0, split) : sentence),
                told ? sentence.substring(split + EXPECTED.length(), sentence.length() - 1) : "another value");
    }

    boolean any() {
        return !list.isEmpty();
    }

    /** In the order of their places. */
    List<RouteProblem> sorted() {
        return list.stream()
                .sorted(Comparator.comparingInt(RouteProblem::line).thenComparingInt(RouteProblem::column))
                .toList();
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= QUOTED
                ? text
                : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + "…";
    }
}
