package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import io.akrimqtt.helm.Chart;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that cannot be meant are refused before anything is sent, with a text that says where, what came and what was expected. */
class RefusedValuesTest {

    /** A row of {@code resources/refused.yaml}. */
    record Refused(String values, String text) {
        @Override
        public String toString() {
            return values.strip();
        }
    }

    static List<Refused> table() {
        return Manifest.read(
                Golden.read(Path.of("src/test/resources/refused.yaml")), new TypeReference<List<Refused>>() {});
    }

    /** What a failure says, without the frame that Helm puts around it. */
    private static String told(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .replace(
                        "values don't meet the specifications of the schema(s) in the following chart(s):\nakri-mqtt:\n",
                        "")
                .replace("\n\nUse --debug flag to render out invalid YAML", "")
                .replaceFirst("execution error at \\(akri-mqtt/templates/checks.yaml:[0-9:]+\\): ", "")
                .strip();
    }

    @ParameterizedTest
    @MethodSource("table")
    void values_that_cannot_be_meant_are_refused(Refused refused) {
        var failure = catchThrowable(() -> Chart.whole(refused.values()));

        assertThat(failure).isNotNull();
        assertThat(told(failure)).isEqualTo(refused.text().strip());
    }

    @Test
    void no_refusal_repeats_a_credential() {
        for (var credentials : List.of(
                "{key: hunter2, cert: hunter2}",
                "{secret: a, password: hunter2}",
                "{password: [hunter2]}",
                "{passwort: hunter2}",
                "{keys: {username: hunter2}}")) {
            var failure = catchThrowable(() -> Chart.whole("""
                    configurations:
                      - name: robots
                        details: {serverUrls: [tcp://mqtt.example], topics: [a/+/b]}
                        credentials: {mqtt: %s}
                    """.formatted(credentials)));

            assertThat(failure).as(credentials).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("hunter2");
        }
    }
}
