package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.helm.Chart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each object has the fields that Kubernetes, Akri and the Prometheus operator know, and no others. */
class StrictTest {

    @ParameterizedTest
    @MethodSource("io.akrimqtt.helm.manifest.Scenario#all")
    void every_object_is_of_its_kind(Scenario scenario) {
        var manifests = new ArrayList<>(Manifest.all(scenario.chart()));
        manifests.addAll(Manifest.all(Chart.test(scenario.values())));

        assertThat(manifests).isNotEmpty().allSatisfy(StrictTest::check);
        assertThat(manifests)
                .extracting(each -> each.id() + each.text("/metadata/namespace"))
                .doesNotHaveDuplicates();
        assertThat(manifests)
                .allSatisfy(each -> assertThat(each.name()).matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?"));
    }

    @Test
    void helm_test_asks_the_handlers() {
        var own = Manifest.all(Chart.test("handler: {http: {port: 9090}}"));

        assertThat(own).hasSize(1);
        assertThat(own.getFirst().texts("/spec/containers/0/args"))
                .containsExactly("--ready", "http://plant-akri-mqtt-handlers.mqtt:9090/readyz");
        assertThat(Manifest.all(Chart.test("handler: {enabled: false}"))).isEmpty();
    }

    static void check(Manifest manifest) {
        switch (manifest.kind()) {
            case "Configuration" -> CustomKinds.configuration(manifest);
            case "PodMonitor" -> KnownFields.read(manifest.tree(), CustomKinds.PodMonitor.class);
            default -> KnownFields.read(manifest);
        }
    }

    @Test
    void a_misspelt_field_is_found_wherever_it_is() {
        var good = Chart.whole(Scenario.named("standard").values()).text();

        for (var field : List.of(
                "hostPath:", "updateStrategy:", "httpGet:", "roleRef:", "capacity:", "defaultMode:", "verbs:")) {
            var bad = Manifest.all(good.replace(field, "x" + field));
            assertThatThrownBy(() -> bad.forEach(StrictTest::check))
                    .as(field)
                    .hasMessageContaining("x" + field.replace(":", ""));
        }
    }
}
