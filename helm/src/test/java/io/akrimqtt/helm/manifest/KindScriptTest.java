package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.akrimqtt.helm.Chart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be seen of the script for a kind cluster without docker and without the internet. */
class KindScriptTest {

    private static final Path SAMPLES = Path.of("../samples/kubernetes");
    private static final Path SCRIPT = SAMPLES.resolve("kind/run");
    private static final String TEXT = Golden.read(SCRIPT);

    @Test
    void bash_reads_it_and_shellcheck_finds_nothing() throws Exception {
        assertThat(Files.isExecutable(SCRIPT)).isTrue();
        assertThat(said("bash", "-n", SCRIPT.toString())).isEmpty();
        assumeTrue(
                Stream.of("/usr/bin/shellcheck", "/usr/local/bin/shellcheck")
                        .anyMatch(each -> Files.exists(Path.of(each))),
                "shellcheck is not installed");
        assertThat(said("shellcheck", SCRIPT.toString(), "../akri-mqtt")).isEmpty();
    }

    private static String said(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    @Test
    void the_files_that_it_names_are_there() {
        for (var name : found("\"\\$here/([^\"]+yaml)\"")) {
            assertThat(SAMPLES.resolve("kind").resolve(name)).exists();
        }
        for (var name : found("\"\\$samples/([^\"]+)\"")) {
            assertThat(SAMPLES.resolve(name)).exists();
        }
        assertThat(found("\"\\$here/([^\"]+yaml)\"")).hasSize(3);
    }

    private static List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(TEXT)
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    @Test
    void the_images_that_it_loads_are_those_of_its_objects() {
        var values = Golden.read(SAMPLES.resolve("consumer/values.yaml"))
                + "handler: {image: {repository: akri-mqtt-discovery-handler}}\nakri: {agent: {namespace: akri}}\n";
        var objects = Stream.of(
                        Manifest.all(
                                Chart.bare("akri-mqtt", "default", values.replace("handler: {enabled: false}\n", ""))),
                        Manifest.all(Golden.read(SAMPLES.resolve("consumer/application.yaml"))),
                        Manifest.all(Golden.read(SAMPLES.resolve("kind/devices.yaml"))))
                .flatMap(List::stream)
                .toList();

        assertThat(objects)
                .extracting(Manifest::kind)
                .contains("DaemonSet", "ValidatingAdmissionPolicy", "Configuration", "Deployment", "Pod");
        assertThat(objects)
                .flatExtracting(each -> each.tree().findValuesAsText("image"))
                .allMatch(each -> each.matches("akri-mqtt-(discovery-handler|monitoring-broker|samples):0\\.1\\.0"));
        assertThat(TEXT).contains("version=0.1.0", "for program in discovery-handler monitoring-broker samples");
    }

    @Test
    void values_that_it_sets_are_values_of_the_chart() {
        for (var each : List.of("akri.agent.namespace=akri", "handler.enabled=true")) {
            assertThat(TEXT).contains("--set " + each);
        }
    }
}
