package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.akrimqtt.helm.Chart;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values in, manifests and notes out. */
class GoldenTest {

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void manifests_are_as_they_were_reviewed(Scenario scenario) {
        Golden.same(scenario.folder().resolve("manifests.yaml"), Scenario.withoutPolicies(scenario.chart()));
    }

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void notes_are_as_they_were_reviewed(Scenario scenario) {
        Golden.same(scenario.folder().resolve("notes.txt"), Chart.notes(scenario.values()));
    }

    @Test
    void helm_finds_nothing_to_complain_about() {
        var result = new Helm(Path.of("akri-mqtt")).lint().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        // Helm looks for complaints in no namespace, which no release is in.
        assertThat(result.getMessages())
                .filteredOn(message ->
                        !message.startsWith("[INFO]") && !message.contains("\"test-release-akri-mqtt-gate-names-\""))
                .isEmpty();
    }
}
