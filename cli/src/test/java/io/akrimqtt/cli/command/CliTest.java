package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private static final String CHECK = "src/test/resources/check/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "get",
                "get devices",
                "watch",
                "logs",
                "invoke",
                "submit",
                "commands",
                "cancel",
                "check",
                "explain",
                "record",
                "replay",
                "rebalance",
                "help"
            })
    void every_command_has_help_and_a_version(String command) {
        var words = List.of(command.split(" "));

        var help = Console.run(with(words, "--help"));
        var version = Console.run(with(words, "--version"));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: akri-mqtt " + command).contains("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("akri-mqtt ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "get devices",
                "watch",
                "logs",
                "invoke",
                "submit",
                "commands",
                "cancel",
                "check",
                "explain",
                "record",
                "replay",
                "rebalance"
            })
    void every_command_that_does_something_documents_its_exit_codes(String command) {
        assertThat(Console.run(with(List.of(command.split(" ")), "--help")).out())
                .contains("Exit codes:")
                .containsPattern("(?m)^ +2 ");
    }

    private static String[] with(List<String> words, String option) {
        return java.util.stream.Stream.concat(words.stream(), java.util.stream.Stream.of(option))
                .toArray(String[]::new);
    }

    @Test
    void alone_it_tells_what_there_is() {
        var result = Console.run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("local", "invoke", "Begin with: akri-mqtt local");
    }

    @Test
    void an_unknown_option_is_answered_with_a_known_one() {
        var result = Console.run("local", "--device", "3");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--device").contains("--devices").contains("akri-mqtt local --help");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void an_unknown_command_is_answered_with_a_known_one() {
        var result = Console.run("chek", "x");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local --devices 0",
                "local --devices many",
                "local --devices 201",
                "local --for 30",
                "local --for 0s",
                "local --for -1s",
                "local --mqtt-port 70000",
                "local --mqtt-port x",
                "local --node UPPER",
                "local --nodes 0",
                "local --nodes 4",
                "local --output xml",
                "get",
                "get instances",
                "watch",
                "invoke press-1",
                "check",
                "explain --topic a/b",
                "explain --topic a/+ x.yaml",
                "rebalance --most none",
                "help nothing",
            })
    void wrong_usage_ends_with_2_and_starts_nothing(String line) {
        var result = Console.run(line.split(" "));

        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).startsWith("akri-mqtt: ").contains("Try 'akri-mqtt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get devices",
                "watch press-1",
                "logs press-1",
                "invoke press-1 identify",
                "submit press-1 identify",
                "commands press-1",
                "cancel press-1 id"
            })
    void where_there_is_no_run_it_says_so_and_ends_with_3(String line, @TempDir Path folder) {
        var words = new java.util.ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--dir", folder.toString()));

        var result = Console.run(words.toArray(String[]::new));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("no run in " + folder).contains("akri-mqtt local");
    }

    @Test
    void check_ends_with_0_where_all_is_well() {
        var result = Console.run("check", CHECK + "fine.yaml");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("1 Configuration, 0 errors, 0 warnings\n");
    }

    @Test
    void check_ends_with_1_and_a_line_for_each_error() {
        var result = Console.run("check", CHECK + "value-from-without-key.yaml");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("value-from-without-key.yaml:15:13: error: ")
                .endsWith("1 Configuration, 1 error, 0 warnings\n");
    }

    @Test
    void check_ends_with_1_where_a_file_cannot_be_read() {
        var result = Console.run("check", CHECK + "not-here.yaml");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("not-here.yaml:1:1: error: ").contains("a readable file");
    }

    @Test
    void a_longer_name_of_the_node_leaves_less_for_the_configurations() {
        assertThat(Console.run("check", CHECK + "name-too-long.yaml", "--node", "a")
                        .exitCode())
                .isZero();
        assertThat(Console.run("check", CHECK + "fine.yaml", "--node", "a".repeat(46))
                        .out())
                .contains("at most 5");
    }

    @Test
    void check_has_nothing_to_say_about_the_samples_but_what_it_does_not_look_at() {
        var samples = "../samples/";

        var result = Console.run(
                "check",
                samples + "factory/configuration.yaml",
                samples + "proposal/configuration.yaml",
                samples + "proposal/secret.yaml");

        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).endsWith("2 Configurations, 0 errors, 0 warnings\n");
    }

    @Test
    void check_prints_json_lines_for_programs() {
        var result = Console.run("check", CHECK + "capacity.yaml", "--output", "json");

        assertThat(result.out().lines())
                .containsExactly(
                        "{\"time\":\"2026-11-20T12:00:00.000Z\",\"event\":\"check.finding\",\"severity\":\"error\",\"file\":\""
                                + CHECK + "capacity.yaml\",\"line\":11,\"column\":13,\"path\":\"spec.capacity\","
                                + "\"found\":\"0\",\"expected\":\"1 or more\"}",
                        "{\"time\":\"2026-11-20T12:00:00.000Z\",\"event\":\"check.finished\",\"errors\":1,\"warnings\":0}");
    }

    @Test
    void local_refuses_a_configuration_with_problems_before_anything_starts() {
        var result = Console.run("local", "--configuration", CHECK + "no-placeholder.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no-placeholder.yaml:14:9: error: ").contains("nothing was started");
    }

    @Test
    void local_wants_what_references_lead_to_in_the_files() {
        var result = Console.run("local", "--configuration", CHECK + "secret-elsewhere.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("error: secretKeyRef: Secret default/mqtt-credentials is not in these files");
        assertThat(Console.run("check", CHECK + "secret-elsewhere.yaml").exitCode())
                .isZero();
    }

    @Test
    void local_says_what_is_missing_where_the_programs_are_not_known() {
        var result = Console.run("local");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("-Dakrimqtt.home");
    }

    @Test
    void help_json_prints_the_events() {
        assertThat(Console.run("help", "json").out()).contains("device.online", "workload.gone", "command.finished");
    }
}
