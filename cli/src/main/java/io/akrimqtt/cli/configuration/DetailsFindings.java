package io.akrimqtt.cli.configuration;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import java.util.Optional;

/** What our handler says to details, at the place where they stand in the file. */
final class DetailsFindings {

    private static final String NAME = "discoveryDetails";

    private DetailsFindings() {}

    /** Notes what is wrong; empty where something is. */
    static Optional<DiscoveryDetails> check(DetailsText details, Findings findings) {
        if (!details.readable()) {
            return Optional.empty();
        }
        return switch (DetailsParser.parse(NAME, details.text())) {
            case DetailsResult.Checked(var checked) -> Optional.of(checked);
            case DetailsResult.Refused(var problems) -> {
                problems.forEach(problem -> findings.add(
                        Severity.ERROR,
                        details.fileLine(problem.line()),
                        details.fileColumn(problem.line(), problem.column()),
                        problem.path().isEmpty() ? NAME : NAME + "." + problem.path(),
                        problem.found(),
                        problem.expected()));
                yield Optional.empty();
            }
        };
    }
}
