package io.akrimqtt.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.cluster.node.ReferencedData;
import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Manifests;
import java.nio.charset.StandardCharsets;
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

        var object = ConfigurationObject.of(configuration);
        var selector = object.at("/spec/discoveryHandler/discoveryProperties/1/valueFrom/secretKeyRef");
        var found = resolution.read(new ReferencedData.Reference(
                "Secret", selector.path("namespace").asText(), "credentials", "password"));
        var template = resolution.template(configuration).orElseThrow();

        assertThat(read.broken()).as("%s", read.findings()).isFalse();
        assertThat(found.map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .contains("for-discovery");
        assertThat(template.environment())
                .containsOnlyKeys("MQTT_USERNAME", "MQTT_PASSWORD")
                .containsEntry("MQTT_PASSWORD", "for-pods");
        assertThat(object.at("/spec/brokerProperties/HALL").asText()).isEqualTo("3");
    }

    @Test
    void what_is_not_in_the_files_is_nowhere() {
        var resolution = new Resolution(read(CONFIGURATION).data());

        assertThat(resolution.read(new ReferencedData.Reference("Secret", "default", "credentials", "password")))
                .isEmpty();
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
