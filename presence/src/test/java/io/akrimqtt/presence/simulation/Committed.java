package io.akrimqtt.presence.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results that are committed: compared line by line, or written anew where that was asked for. */
final class Committed {

    static final String UPDATE =
            "mvn -pl presence -am test -Dtest='*ScenariosTest' -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.update=true";

    private static final Path FOLDER = Path.of("src/test/resources/simulation");
    private static final int CONTEXT = 3;

    private Committed() {}

    /** Tells a story to its end: what came of it is what is committed, and nothing wrong is believed. */
    static void tell(Scenario scenario) {
        var outcome = scenario.ends();
        compare(outcome);
        assertThat(outcome.wrong())
                .as("believed wrongly at the end:%n%s", outcome.text())
                .isEmpty();
    }

    private static void compare(Outcome outcome) {
        var file = FOLDER.resolve(outcome.name() + ".txt");
        try {
            if (Boolean.getBoolean("simulation.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, outcome.text(), UTF_8);
                return;
            }
            var expected = Files.exists(file) ? Files.readString(file, UTF_8) : "";
            if (!expected.equals(outcome.text())) {
                throw new AssertionError(difference(
                        file, expected.lines().toList(), outcome.text().lines().toList()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can not be read or written", e);
        }
    }

    /** The stories that there are results of. */
    static List<String> names() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".txt"))
                    .map(file -> file.substring(0, file.length() - ".txt".length()))
                    .toList();
        }
    }

    private static String difference(Path file, List<String> expected, List<String> came) {
        var lines = new ArrayList<String>();
        lines.add("%s differs ('-' is committed, '+' came):".formatted(file));
        int same = 0;
        while (same < Math.min(expected.size(), came.size())
                && expected.get(same).equals(came.get(same))) {
            same++;
        }
        int tail = 0;
        while (tail < Math.min(expected.size(), came.size()) - same
                && expected.get(expected.size() - 1 - tail).equals(came.get(came.size() - 1 - tail))) {
            tail++;
        }
        expected.subList(Math.max(0, same - CONTEXT), same).forEach(line -> lines.add("  " + line));
        expected.subList(same, expected.size() - tail).forEach(line -> lines.add("- " + line));
        came.subList(same, came.size() - tail).forEach(line -> lines.add("+ " + line));
        came.subList(came.size() - tail, Math.min(came.size(), came.size() - tail + CONTEXT))
                .forEach(line -> lines.add("  " + line));
        lines.add("If that is what is wanted: " + UPDATE);
        return String.join("\n", lines);
    }
}
