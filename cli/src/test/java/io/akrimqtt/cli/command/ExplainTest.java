package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {

    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void a_configuration_with_filters_that_overlap() throws IOException {
        file = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: factory}
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: |
                      serverUrls: [tcp://127.0.0.1:1883]
                      topics: ["factory/{area}/{device}/#", "factory/+/+/force"]
                      presence: {offlineGrace: 5s}
                      commands: {topic: "{device}/cmd/{command}"}
                """);
    }

    @Test
    void telemetry_names_the_device_its_levels_and_all_filters_that_match() {
        var result = explain("--topic", "factory/forming/press-1/force", "--payload", "200");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                        Configuration factory
                          filter    factory/{area}/{device}/#
                                    factory/+/+/force matches, too; the first one decides
                          device    press-1
                          id        factory/forming/press-1
                          level     area = forming
                          says      nothing about its presence: a sign of life
                          presence  online: it published something
                        """);
    }

    @Test
    void a_last_will_counts_after_the_grace() {
        var result = explain("--topic", "factory/forming/press-1/status", "--payload", "offline");

        assertThat(result.out())
                .contains("says      that it is offline")
                .contains("presence  online")
                .contains("later     offline, if nothing contradicts");
    }

    @Test
    void a_retained_message_proves_less_than_a_live_one() {
        var result = explain("--topic", "factory/forming/press-1/force", "--payload", "1", "--retained");

        assertThat(result.out()).contains("presence  unknown");
    }

    @Test
    void a_device_that_is_left_out_is_none() throws IOException {
        Files.writeString(file, Files.readString(file) + "      devices: {action: Exclude, items: [press-*]}\n");

        var result = explain("--topic", "factory/forming/press-1/force");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("device    none: devices in the details leaves its device out");
        assertThat(explain("--topic", "factory/forming/saw-1/force").out()).contains("id        factory/forming/saw-1");
    }

    @Test
    void a_device_of_one_server_has_its_alias_in_its_id() throws IOException {
        var text = Files.readString(file).replace("[tcp://127.0.0.1:1883]", "[{url: tcp://127.0.0.1:1883, alias: A}]");
        Files.writeString(file, text + "      scope: perBroker\n");

        var result = explain("--topic", "factory/forming/press-1/force");

        assertThat(result.out()).contains("device    press-1").contains("id        A/factory/forming/press-1");
    }

    @Test
    void a_command_is_no_sign_of_life() {
        var result = explain("--topic", "factory/forming/press-1/cmd/identify");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("device    none: it is a command to a device");
    }

    @Test
    void what_no_filter_matches_is_said_to_belong_to_no_device() {
        var result = explain("--topic", "office/lamp", "--output", "json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("\"event\":\"explain.none\"")
                .contains("\"text\":\"no topic filter matches it\"");
    }

    @Test
    void a_word_that_is_not_known_is_named() {
        var result = explain("--topic", "factory/forming/press-1/status", "--payload", "perhaps");

        assertThat(result.out()).contains("its status is a word that is not known");
    }

    private Console.Result explain(String... arguments) {
        var words = new ArrayList<>(List.of("explain"));
        words.addAll(List.of(arguments));
        words.add(file.toString());
        return Console.run(words.toArray(String[]::new));
    }

    @Test
    void the_group_that_akri_has_in_the_devices_place_is_named() throws IOException {
        Files.writeString(file, Files.readString(file).replace(", \"factory/+/+/force\"]", "]\n      group: area"));

        var result = explain("--topic", "factory/forming/press-1/force");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("group     factory/forming, which Akri has in the device's place");
    }
}
