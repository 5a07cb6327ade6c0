package io.akrimqtt.cli.configuration;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;

/** What our handler says to details, at the place where they stand in the file. */
final class DetailsFindings {

    private static final String NAME = "discoveryDetails";

    private DetailsFindings() {}

    static void check(DetailsText details, Findings findings) {
        if (!details.readable()) {
            return;
        }
        switch (DetailsParser.parse(NAME, details.text())) {
            case DetailsResult.Checked _ -> {}
            case DetailsResult.Refused(var problems) ->
                problems.forEach(problem -> findings.add(
                        Severity.ERROR,
                        details.fileLine(problem.line()),
                        details.fileColumn(problem.line(), problem.column()),
                        problem.path().isEmpty() ? NAME : NAME + "." + problem.path(),
                        problem.found(),
                        problem.expected()));
        }
    }
}
