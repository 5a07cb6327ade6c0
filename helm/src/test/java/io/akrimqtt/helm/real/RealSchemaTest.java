package io.akrimqtt.helm.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.Chart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each object that the chart renders is one that an API server with Akri's CRDs takes, without a field that it does not know. */
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "needs KUBECONFIG, with an administrator's rights, for a cluster with Akri's CRDs")
class RealSchemaTest {

    private static final List<String> NAMESPACES = List.of("mqtt", "hall", "yard", "akri", "edge");

    private static List<String> made = List.of();

    @TempDir
    private Path folder;

    @BeforeAll
    static void namespaces() {
        made = NAMESPACES.stream()
                .filter(each -> run("kubectl", "create", "namespace", each).ok())
                .toList();
    }

    @AfterAll
    static void noNamespaces() {
        made.forEach(each -> run("kubectl", "delete", "namespace", each, "--wait=false"));
    }

    private static List<Path> scenarios() throws IOException {
        try (var folders = Files.list(Path.of("src/test/resources/chart"))) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void it_is_taken(Path scenario) throws Exception {
        // The Prometheus operator's kind is not there.
        var documents = Arrays.stream(Chart.whole(Files.readString(scenario.resolve("values.yaml")))
                        .text()
                        .split("(?m)^---\n"))
                .filter(each -> each.contains("\nkind: ") && !each.contains("\nkind: PodMonitor"))
                .toList();
        var file = Files.writeString(folder.resolve("manifests.yaml"), String.join("---\n", documents));

        var said = run("kubectl", "create", "--dry-run=server", "--validate=strict", "-f", file.toString());

        assertThat(said.ok()).as(said.text()).isTrue();
        assertThat(said.text().lines()).hasSameSizeAs(documents);
    }

    private record Said(boolean ok, String text) {}

    private static Said run(String... words) {
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor() == 0, text);
        } catch (IOException e) {
            return new Said(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
