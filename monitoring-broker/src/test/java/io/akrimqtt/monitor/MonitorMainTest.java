package io.akrimqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the program says before it does anything. */
class MonitorMainTest {

    @Test
    void missing_settings_are_one_list_and_exit_code_2() {
        try (var program = MonitorProcess.start(Map.of())) {
            assertThat(program.awaitEnd()).isEqualTo(2);
            assertThat(program.text("err"))
                    .startsWith("invalid settings of the monitoring broker:\n  MQTT_DEVICE_ID: is not set")
                    .hasLineCount(5);
            assertThat(program.text("out")).isEmpty();
        }
    }

    @Test
    void a_certificate_that_is_none_is_a_setting_that_is_wrong() {
        var environment = Map.of(
                "MQTT_DEVICE_ID", "pump",
                "MQTT_SERVER_URLS", "mqtts://localhost",
                "MQTT_TOPICS", "#",
                "HOSTNAME", "pod",
                "MQTT_CA", "-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----");
        try (var program = MonitorProcess.start(environment)) {
            assertThat(program.awaitEnd()).isEqualTo(2);
            assertThat(program.text("err"))
                    .contains("invalid settings of the monitoring broker:\n  MQTT_CA, MQTT_CERT, MQTT_KEY: ")
                    .doesNotContain("secret");
        }
    }

    @Test
    void help_names_every_setting() {
        try (var program = MonitorProcess.start(Map.of(), "--help")) {
            assertThat(program.awaitEnd()).isZero();
            assertThat(program.text("out")).contains("MQTT_DEVICE_ID", "AKRI_MQTT_SESSION_EXPIRY", "Exit codes:");
        }
    }

    @Test
    void version_is_one_line() {
        try (var program = MonitorProcess.start(Map.of(), "--version")) {
            assertThat(program.awaitEnd()).isZero();
            assertThat(program.text("out"))
                    .startsWith("akri-mqtt monitoring broker ")
                    .hasLineCount(1);
        }
    }

    @Test
    void other_arguments_are_refused() {
        try (var program = MonitorProcess.start(Map.of(), "--port")) {
            assertThat(program.awaitEnd()).isEqualTo(2);
            assertThat(program.text("err")).startsWith("argument: '--port' (expected: none, --help or --version;");
        }
    }
}
