package io.akrimqtt.cli.configuration;

import io.akrimqtt.handler.details.Problem;
import java.util.Locale;

/** Something that a file's writer should know, with its place. */
public record Finding(Severity severity, Problem problem) {

    /** One line, for people and for editors that jump to {@code file:line:column}. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s: %s%s (expected: %s)"
                .formatted(
                        problem.file(),
                        problem.line(),
                        problem.column(),
                        severity.name().toLowerCase(Locale.ROOT),
                        problem.path().isEmpty() ? "" : problem.path() + ": ",
                        problem.found(),
                        problem.expected());
    }
}
