package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.topic.TopicFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample folders hold what their README says. */
class SampleFilesTest {

    @ParameterizedTest
    @EnumSource
    void the_configuration_is_the_one_in_the_folder(Sample sample) throws IOException {
        assertThat(sample.configuration()).isEqualTo(Files.readString(file(sample, "configuration.yaml")));
    }

    @ParameterizedTest
    @EnumSource
    void the_configuration_is_for_our_handler_and_names_the_local_server(Sample sample) {
        var configuration = YamlNode.parse(sample.configuration());

        assertThat(configuration.at("apiVersion").text()).isEqualTo("akri.sh/v0");
        assertThat(configuration.at("kind").text()).isEqualTo("Configuration");
        assertThat(configuration.at("spec", "discoveryHandler", "name").text()).isEqualTo("mqtt");
        assertThat(details(sample).at("serverUrls").texts()).containsExactly("tcp://127.0.0.1:1883");
    }

    @ParameterizedTest
    @EnumSource
    void exactly_one_container_asks_for_the_device_and_runs_with_few_rights(Sample sample) {
        var pod = YamlNode.parse(sample.configuration()).at("spec", "brokerSpec", "brokerPodSpec");

        assertThat(pod.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
        assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
        assertThat(pod.map().containsKey("affinity")).isFalse();
        assertThat(pod.at("containers").items()).singleElement().satisfies(container -> {
            assertThat(container.at("image").text()).isEqualTo("akri-mqtt-monitoring-broker:0.1.0");
            assertThat(container.at("resources", "limits", "{{PLACEHOLDER}}").value())
                    .isEqualTo("1");
            assertThat(container.at("resources", "requests", "{{PLACEHOLDER}}").value())
                    .isEqualTo("1");
            assertThat(container.at("securityContext").value())
                    .isEqualTo(Map.of(
                            "allowPrivilegeEscalation",
                            false,
                            "readOnlyRootFilesystem",
                            true,
                            "capabilities",
                            Map.of("drop", List.of("ALL"))));
        });
    }

    @ParameterizedTest
    @EnumSource
    void each_device_is_seen_through_exactly_one_topic(Sample sample) {
        var filters = details(sample).at("topics").texts().stream()
                .map(topic -> TopicFilter.of(topic.replaceAll("\\{\\w+}", "+")))
                .toList();

        assertThat(sample.devices(200))
                .allSatisfy(machine -> assertThat(filters)
                        .filteredOn(filter -> filter.matches(machine.telemetryTopic()))
                        .hasSize(1));
    }

    @ParameterizedTest
    @EnumSource
    void the_readme_answers_the_four_questions_and_names_the_first_devices(Sample sample) throws IOException {
        assertThat(Files.readString(file(sample, "README.md")))
                .contains("## What does it do?", "## What will I see?", "## Run it", "## Break it")
                .contains(sample.devices(3).stream()
                        .map(machine -> "`" + machine.name() + "`")
                        .toList());
    }

    @Nested
    class The_proposal {

        @Test
        void is_the_short_form_alone() {
            var details = details(Sample.PROPOSAL);

            assertThat(details.map().keySet()).extracting(Object::toString).containsOnly("serverUrls", "topics");
            assertThat(details.at("topics").texts())
                    .containsExactly(
                            "akri-devices/Device23920/temp", "robots/+/joints", "system/subsystem1/device2032/#");
        }

        @Test
        void shows_in_comments_how_credentials_come_from_the_secret_beside_it() throws IOException {
            var all = YamlNode.parse(Sample.PROPOSAL.configuration().replaceAll("(?m)^( *)# (?=[a-z -])", "$1"));
            var secret = Files.readString(file(Sample.PROPOSAL, "secret.yaml")).split("(?m)^---$", 2)[0];

            var names = List.of("username", "password");
            assertThat(all.at("spec", "discoveryHandler", "discoveryProperties").items())
                    .extracting(property -> property.at("name").text())
                    .containsExactly("mqtt_username", "mqtt_password");
            assertThat(names)
                    .allSatisfy(key -> assertThat(all.at("spec", "brokerSpec").text())
                            .contains("{secretKeyRef={name=mqtt-credentials, key=" + key + "}}"));
            assertThat(YamlNode.parse(secret).at("metadata", "name").text()).isEqualTo("mqtt-credentials");
            assertThat(YamlNode.parse(secret).at("stringData").map().keySet())
                    .extracting(Object::toString)
                    .containsExactlyElementsOf(names);
        }
    }

    @Test
    void the_factory_is_quick_and_takes_commands() {
        var details = details(Sample.FACTORY);

        assertThat(details.at("topics").texts()).containsExactly("factory/{area}/{device}/#");
        assertThat(details.at("presence").value()).isEqualTo(Map.of("offlineGrace", "5s", "silenceTimeout", "30s"));
        assertThat(details.at("commands").value()).isEqualTo(Map.of("topic", "{device}/cmd/{command}"));
    }

    private static YamlNode details(Sample sample) {
        return YamlNode.parse(YamlNode.parse(sample.configuration())
                .at("spec", "discoveryHandler", "discoveryDetails")
                .text());
    }

    private static Path file(Sample sample, String name) {
        return Path.of(sample.folder(), name);
    }
}
