package io.akrimqtt.cli.configuration;

import org.jspecify.annotations.Nullable;

/**
 * The text of {@code discoveryDetails} and where it stands in its file.
 *
 * @param text what the handler gets
 * @param line where the value begins in the file, from 1
 * @param column where the value begins in the file, from 1
 * @param origin the place of the text's first character, or null where its lines are not those of the file (a folded block,
 *     a quoted text of several lines)
 * @param readable whether there is any point in reading the text
 */
public record DetailsText(
        String text, int line, int column, @Nullable Origin origin, boolean readable) {

    /**
     * Where the text begins.
     *
     * @param line of the first line, from 1
     * @param indent how many columns are in front of each line
     * @param lines whether all of its lines stand below each other; else only the first has a place
     */
    record Origin(int line, int indent, boolean lines) {}

    /** The line in the file of a line of the text; both from 1. */
    int fileLine(int textLine) {
        return known(textLine) && origin != null ? origin.line() + textLine - 1 : line;
    }

    /** The column in the file of a place of the text; both from 1. */
    int fileColumn(int textLine, int textColumn) {
        return known(textLine) && origin != null ? origin.indent() + textColumn : column;
    }

    private boolean known(int textLine) {
        return origin != null && (origin.lines() || textLine == 1);
    }
}
