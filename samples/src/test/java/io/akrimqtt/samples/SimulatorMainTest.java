package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {

    @Test
    void wrong_arguments_and_settings_end_it_with_the_problems_the_usage_and_exit_code_2() throws InterruptedException {
        var settings = Map.of("MQTT_PASSWORD_FILE", "/nowhere/password");
        try (var simulator = SimulatorProcess.start(settings, List.of("--sample", "farm"))) {
            assertThat(simulator.exitCode()).isEqualTo(2);
            assertThat(String.join("\n", simulator.lines())).startsWith("""
                            MQTT_PASSWORD_FILE: names a file that cannot be read: /nowhere/password (expected: a small text file)
                            --sample: 'farm' (expected: factory|proposal)
                            --server is missing
                            Usage: SimulatorMain --server URL --sample factory|proposal""");
        }
    }

    @Test
    void help_is_printed_and_is_no_error() throws InterruptedException {
        try (var simulator = SimulatorProcess.start(Map.of(), List.of("--help"))) {
            assertThat(simulator.exitCode()).isZero();
            assertThat(simulator.lines()).first().asString().startsWith("Usage: SimulatorMain");
        }
    }
}
