package io.akrimqtt.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardSettingsTest {

    private static final Map<String, String> PEM = Map.of(
            "AKRI_MQTT_GRPC_CERT", "-----BEGIN CERTIFICATE-----",
            "AKRI_MQTT_GRPC_KEY", "-----BEGIN PRIVATE KEY-----",
            "AKRI_MQTT_GRPC_CLIENT_CA", "-----BEGIN CERTIFICATE-----");

    private static List<String> problems(Map<String, String> more) {
        var variables = new HashMap<>(Map.of(
                "MQTT_DEVICE_ID", "plant/pump-7",
                "MQTT_SERVER_URLS", "mqtt://a",
                "MQTT_TOPICS", "plant/pump-7/#",
                "HOSTNAME", "pod-1"));
        variables.putAll(more);
        return switch (MonitorSettings.read(variables)) {
            case MonitorSettings.Result.Valid _ -> List.of();
            case MonitorSettings.Result.Invalid(var problems) -> problems;
        };
    }

    private static Map<String, String> with(Map<String, String> base, String name, String value) {
        var all = new HashMap<>(base);
        all.put(name, value);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:6052", "localhost:6052", "[::1]:6052", "unix:/tmp/s", "off"})
    void loopback_needs_no_rules(String address) {
        assertThat(problems(Map.of("AKRI_MQTT_GRPC_LISTEN", address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:6052", "[::]:6052", "pump:6052", "127.example.com:6052"})
    void beyond_loopback_rules_or_a_switch_are_needed(String address) {
        var listen = Map.of("AKRI_MQTT_GRPC_LISTEN", address);

        assertThat(problems(listen))
                .containsExactly("AKRI_MQTT_GRPC_LISTEN: listens beyond loopback without rules (expected:"
                        + " AKRI_MQTT_GRPC_RULES_FILE with AKRI_MQTT_GRPC_CERT and AKRI_MQTT_GRPC_KEY, an address of"
                        + " loopback, or AKRI_MQTT_GRPC_UNGUARDED=yes)");
        assertThat(problems(with(listen, "AKRI_MQTT_GRPC_UNGUARDED", "yes"))).isEmpty();
    }

    @Test
    void rules_with_tls_let_it_start_and_problems_of_the_rules_do_not() {
        var guarded = with(PEM, "AKRI_MQTT_GRPC_LISTEN", "0.0.0.0:6052");

        assertThat(problems(with(guarded, "AKRI_MQTT_GRPC_RULES", "rules: [{caller: anyone, read: true}]")))
                .isEmpty();
        assertThat(problems(with(guarded, "AKRI_MQTT_GRPC_RULES", "rules: [{caller: anyone}]")))
                .containsExactly(
                        "AKRI_MQTT_GRPC_RULES:1:9: rules[0]: allows nothing (expected: commands, or read:" + " true)");
    }

    @Test
    void settings_that_do_not_fit_together_are_told_all_at_once() {
        assertThat(problems(Map.of(
                        "AKRI_MQTT_GRPC_CERT", "-----BEGIN CERTIFICATE-----",
                        "AKRI_MQTT_GRPC_TOKEN_KEYS_URL", "http://keys")))
                .containsExactlyInAnyOrder(
                        "AKRI_MQTT_GRPC_CERT: is set alone (expected: AKRI_MQTT_GRPC_CERT and AKRI_MQTT_GRPC_KEY)",
                        "AKRI_MQTT_GRPC_TOKEN_KEYS_URL: is no https URL (expected: https://...)",
                        "AKRI_MQTT_GRPC_TOKEN_ISSUER: is not set (expected: what tokens have to say, as keys are"
                                + " given)",
                        "AKRI_MQTT_GRPC_RULES: is not set, but callers can show who they are (expected:"
                                + " AKRI_MQTT_GRPC_RULES_FILE)");
    }
}
