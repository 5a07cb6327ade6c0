package io.akrimqtt.helm.manifest;

import io.akrimqtt.helm.Chart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A folder below {@code resources/chart}: {@code values.yaml} goes in; {@code manifests.yaml} and {@code notes.txt} come out. The images come
 * from nowhere, see {@link Chart#whole}.
 */
record Scenario(Path folder) {

    private static final Path ALL = Path.of("src/test/resources/chart");

    static List<Scenario> all() {
        try (var folders = Files.list(ALL)) {
            return folders.sorted().map(Scenario::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Scenario named(String name) {
        return new Scenario(ALL.resolve(name));
    }

    String values() {
        return Golden.read(folder.resolve("values.yaml"));
    }

    Chart chart() {
        return Chart.whole(values());
    }

    /** What is rendered, but for the policies, which are long and have tests of their own. */
    static String withoutPolicies(Chart chart) {
        return Arrays.stream(chart.text().split("(?m)^---\n"))
                .filter(each -> !each.isBlank() && !each.contains("\nkind: ValidatingAdmissionPolicy"))
                .map(each -> "---\n" + each.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
