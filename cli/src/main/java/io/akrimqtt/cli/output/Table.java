package io.akrimqtt.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows below headings, as wide as their texts, cut at the width of the terminal: the last column gives way first.
 *
 * @param headings of the columns
 * @param rows with as many texts as there are headings
 */
public record Table(List<String> headings, List<List<String>> rows) {

    private static final String GAP = "   ";

    public Table {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The lines, headings first, none longer than the width (in characters). */
    public List<String> lines(int width) {
        var widths = new ArrayList<Integer>();
        for (int column = 0; column < headings.size(); column++) {
            int widest = headings.get(column).length();
            for (var row : rows) {
                widest = Math.max(widest, length(row.get(column)));
            }
            widths.add(widest);
        }
        var lines = new ArrayList<String>();
        lines.add(line(headings, widths, width));
        rows.forEach(row -> lines.add(line(row, widths, width)));
        return lines;
    }

    private static String line(List<String> texts, List<Integer> widths, int width) {
        var line = new StringBuilder();
        for (int column = 0; column < texts.size(); column++) {
            var text = Printable.of(texts.get(column));
            line.append(text).append(" ".repeat(widths.get(column) - text.codePointCount(0, text.length())));
            line.append(GAP);
        }
        return cut(line.toString().stripTrailing(), width);
    }

    private static int length(String text) {
        var printable = Printable.of(text);
        return printable.codePointCount(0, printable.length());
    }

    /** A line that fits; an ellipsis shows that something is missing. */
    static String cut(String line, int width) {
        int length = line.codePointCount(0, line.length());
        if (length <= width) {
            return line;
        }
        return width < 1 ? "" : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }
}
