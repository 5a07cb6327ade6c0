package io.akrimqtt.cli.command;

import io.akrimqtt.cli.configuration.Finding;
import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import java.time.Instant;
import java.util.Locale;

/** Prints what was found in files. */
final class FindingsPrinter {

    private FindingsPrinter() {}

    static void print(Manifests manifests, Output out, Instant now) {
        for (var finding : manifests.findings()) {
            if (out.json()) {
                out.event(event(finding, now));
            } else {
                out.text(finding.toString());
            }
        }
    }

    private static Event event(Finding finding, Instant now) {
        var problem = finding.problem();
        return Event.of(EventType.CHECK_FINDING, now)
                .with(Field.SEVERITY, finding.severity().name().toLowerCase(Locale.ROOT))
                .with(Field.FILE, problem.file())
                .with(Field.LINE, problem.line())
                .with(Field.COLUMN, problem.column())
                .with(Field.PATH, problem.path())
                .with(Field.FOUND, problem.found())
                .with(Field.EXPECTED, problem.expected());
    }
}
