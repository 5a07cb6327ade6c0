package io.akrimqtt.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.akrimqtt.cli.agent.UnresolvedPropertyException;
import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Manifests;
import org.junit.jupiter.api.Test;

class ResolutionTest {

    private static final String CONFIGURATION = """
            apiVersion: akri.sh/v0
            kind: Configuration
            metadata: {name: robots, namespace: plant}
            spec:
              discoveryHandler:
                name: mqtt
                discoveryDetails: "{serverUrls: ['tcp://h'], topics: [a/+]}"
                discoveryProperties:
                  - name: mqtt_username
                    value: akri
                  - name: mqtt_password
                    valueFrom: {secretKeyRef: {name: credentials, key: password}}
                  - name: mqtt_ca
                    valueFrom: {configMapKeyRef: {name: ca, key: ca.crt, optional: true}}
              brokerProperties: {HALL: "3"}
              brokerSpec:
                brokerPodSpec:
                  containers:
                    - name: monitoring-broker
                      resources: {limits: {"{{PLACEHOLDER}}": "1"}}
                      env:
                        - {name: MQTT_USERNAME, value: akri}
                        - name: MQTT_PASSWORD
                          valueFrom: {secretKeyRef: {name: credentials, key: password}}
                        - name: MQTT_CA
                          valueFrom: {configMapKeyRef: {name: ca, key: ca.crt, optional: true}}
            """;

    private static final String SECRET = """
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: credentials, namespace: %s}
            data: {password: b2xk}
            stringData: {password: %s}
            """;

    @Test
    void discovery_looks_in_the_namespace_default_and_pods_in_that_of_the_configuration() throws Exception {
        var read = read(
                CONFIGURATION + SECRET.formatted("default", "for-discovery") + SECRET.formatted("plant", "for-pods"));
        var configuration = read.configurations().getFirst();
        var resolution = new Resolution(read.data());

        var properties = resolution.agent(configuration).discoveryProperties().resolve();
        var template = resolution.template(configuration).orElseThrow();

        assertThat(read.broken()).as("%s", read.findings()).isFalse();
        assertThat(properties).containsOnlyKeys("mqtt_username", "mqtt_password");
        assertThat(properties.get("mqtt_password")).hasToString("(13 bytes)");
        assertThat(template.environment())
                .containsOnlyKeys("MQTT_USERNAME", "MQTT_PASSWORD")
                .containsEntry("MQTT_PASSWORD", "for-pods");
        assertThat(resolution.agent(configuration).brokerProperties()).containsEntry("HALL", "3");
    }

    @Test
    void a_property_that_cannot_be_had_is_named() {
        var read = read(CONFIGURATION);
        var properties = new Resolution(read.data())
                .agent(read.configurations().getFirst())
                .discoveryProperties();

        assertThatExceptionOfType(UnresolvedPropertyException.class)
                .isThrownBy(properties::resolve)
                .withMessage("mqtt_password: Secret default/credentials, key password is not in the files");
    }

    @Test
    void without_a_pod_template_there_are_no_workloads() {
        var read = read(CONFIGURATION.substring(0, CONFIGURATION.indexOf("  brokerSpec:")));

        assertThat(new Resolution(read.data()).template(read.configurations().getFirst()))
                .isEmpty();
    }

    private static Manifests read(String yaml) {
        return ManifestReader.read("test.yaml", yaml, CheckOptions.CLUSTER);
    }
}
