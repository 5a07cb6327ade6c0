package io.akrimqtt.dispatcher.routes;

/**
 * What is wrong with a file of routes, so that its writer can mend it without opening our source.
 *
 * @param line from 1
 * @param column from 1
 * @param path such as {@code routes[1].filter}; empty for the file itself
 * @param found what came, cut, never a header's value
 * @param expected the rule
 */
public record RouteProblem(String file, int line, int column, String path, String found, String expected) {
    @Override
    public String toString() {
        return "%s:%d:%d: %s%s (expected: %s)"
                .formatted(file, line, column, path.isEmpty() ? "" : path + ": ", found, expected);
    }
}
