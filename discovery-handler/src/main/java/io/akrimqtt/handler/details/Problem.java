package io.akrimqtt.handler.details;

/**
 * What is wrong with a document, so that its writer can mend it without opening our source.
 *
 * @param file the document's name
 * @param line from 1
 * @param column from 1
 * @param path for example {@code topics[1]}; empty for the document itself
 * @param found what came, cut at 120 characters, without secrets
 * @param expected the rule
 */
public record Problem(String file, int line, int column, String path, String found, String expected) {
    @Override
    public String toString() {
        return "%s:%d:%d: %s%s (expected: %s)"
                .formatted(file, line, column, path.isEmpty() ? "" : path + ": ", found, expected);
    }
}
