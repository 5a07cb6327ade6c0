package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.testing.MosquittoServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at an MQTT server, at one that asks for a password. */
class AgainstServerTest {

    private static final Credentials DEVICES =
            Credentials.of("devices", "devices-secret".getBytes(StandardCharsets.UTF_8));

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static MosquittoServer server;

    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeAll
    static void a_server_with_devices() {
        server = MosquittoServer.options()
                .user("devices", "devices-secret")
                .user("looker", "looker-secret")
                .start();
        try (var device = ServerStory.device(server.url(), DEVICES, "robots/r1", true)) {
            device.publish(ServerStory.message("robots/r2/joints", "{}", true)).join();
            device.publish(ServerStory.message("robots/r3/status", "perhaps", true))
                    .join();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void a_configuration_with_a_secret() throws IOException {
        file = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: factory}
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: |
                      serverUrls: [tcp://somewhere.example:1883, tcp://elsewhere.example:1883]
                      topics: ["robots/+/joints"]
                    discoveryProperties:
                    - {name: mqtt_username, value: looker}
                    - name: mqtt_password
                      valueFrom: {secretKeyRef: {name: mqtt, key: password}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: mqtt}
                stringData: {password: looker-secret}
                """);
    }

    private Console.Result check(Map<String, String> environment, String... options) {
        var words = Stream.concat(
                Stream.of("check", "--against", server.url().toString(), "--for", "1s", file.toString()),
                Stream.of(options));
        return Console.run(environment, words.toArray(String[]::new));
    }

    @Test
    void check_tells_which_devices_a_configuration_would_find() {
        var result = check(Map.of());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Configuration factory finds 3 devices and lists 1")
                .containsPattern("robots/r1 +online +yes +retained-status +its retained status says online")
                .containsPattern("robots/r2 +unknown +no +exists")
                .containsPattern("ignored: \\d+, unknown_status_word: its status is a word that is not known");
    }

    @Test
    void check_tells_the_same_as_events() {
        var lines = check(Map.of(), "-o", "json").out().lines().toList();

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"event\":\"device\",\"device\":\"r1\",\"deviceId\":\"robots/r1\",\"presence\":\"online\","
                                        + "\"listed\":true,\"flapping\":false")
                        .contains("\"configuration\":\"factory\""));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("messages.ignored", "unknown_status_word"));
        assertThat(lines.getLast()).contains("check.finished");
    }

    @Test
    void check_leaves_no_session_behind_and_has_client_ids_of_its_own() {
        check(Map.of());

        var connects =
                server.log().lines().filter(line -> line.contains("as akri-")).toList();
        assertThat(connects).isNotEmpty().allMatch(line -> line.contains("c1"));
        assertThat(connects).noneMatch(line -> line.contains("as akri-mqtt-"));
    }

    @Test
    void the_environment_wins_over_the_secret() {
        var wrong = check(Map.of("MQTT_PASSWORD", "not-the-secret"));

        assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(wrong.err()).contains("was not reached").doesNotContain("secret");
        assertThat(check(Map.of("MQTT_USERNAME", "devices", "MQTT_PASSWORD", "devices-secret"))
                        .exitCode())
                .isZero();
    }

    @Test
    void a_secret_that_is_not_in_the_files_is_asked_for() throws IOException {
        var text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf("---")));

        var missing = check(Map.of());
        var password = Files.writeString(folder.resolve("password"), "looker-secret\n");

        assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("MQTT_PASSWORD or MQTT_PASSWORD_FILE");
        assertThat(check(Map.of("MQTT_PASSWORD_FILE", password.toString())).exitCode())
                .isZero();
    }

    @Test
    void a_server_that_is_away_is_an_error() {
        var result = Console.run("check", "--against", "tcp://127.0.0.1:1", file.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("tcp://127.0.0.1:1 was not reached");
    }

    @Test
    void a_password_in_the_url_is_refused_and_not_repeated() {
        var result = Console.run("check", "--against", "tcp://me:pass-word@127.0.0.1:1883", file.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("has credentials").doesNotContain("pass-word");
        assertThat(Console.run("check", "--for", "1s", file.toString()).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void errors_in_the_files_keep_it_from_looking() throws IOException {
        Files.writeString(file, Files.readString(file).replace("topics:", "topicz:"));

        var result = check(Map.of());

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).doesNotContain("finds");
    }

    @Test
    void a_recording_stops_at_its_size_and_is_replayed_whole() throws IOException {
        at_this_server();
        Files.writeString(file, Files.readString(file).replace("robots/+/joints", "retained/here/+/joints"));
        var recording = folder.resolve("r.jsonl");
        try (var device = ServerStory.device(server.url(), DEVICES, "retained/here/r7", false)) {
            for (int i = 0; i < 100; i++) {
                device.publish(ServerStory.message("retained/here/r" + i + "/joints", "x".repeat(200), true))
                        .join();
            }
            var result = record(recording, "--max-size", "20kB");

            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("recording finished", "it has reached its largest size");
        }

        assertThat(Files.size(recording)).isLessThanOrEqualTo(20_000);
        var replayed = Console.run("replay", recording.toString(), file.toString());
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.err()).contains("ends before all was read that " + server.url() + " retains");
    }

    @Test
    void a_recording_of_a_server_that_was_never_reached_is_a_failure() throws IOException {
        var text = Files.readString(file);
        Files.writeString(
                file, text.replace("tcp://somewhere.example:1883, tcp://elsewhere.example:1883", "tcp://127.0.0.1:1"));

        var result = record(folder.resolve("r.jsonl"), "--for", "1s");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("never reached tcp://127.0.0.1:1: away");
        assertThat(record(folder.resolve("r.jsonl"), "--for", "1s").err()).contains("is there already");
    }

    private void at_this_server() throws IOException {
        var text = Files.readString(file);
        Files.writeString(
                file,
                text.replace(
                        "tcp://somewhere.example:1883, tcp://elsewhere.example:1883",
                        server.url().toString()));
    }

    private Console.Result record(Path recording, String... options) {
        var words = List.of("record", file.toString(), "--to", recording.toString());
        return Console.run(Stream.concat(words.stream(), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void check_tells_the_groups_that_akri_would_get() throws IOException {
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "topics: [\"robots/+/joints\"]",
                                "topics: [\"{kind}/{device}/joints\"]\n      group: kind"));

        var result = check(Map.of());

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("Configuration factory finds 3 devices and lists 1, for Akri as groups: 1")
                .containsPattern("GROUP +DEVICES +LISTED +WHY\nrobots +3 +yes: 1 +r1: its retained status says online");
        assertThat(check(Map.of(), "-o", "json").out())
                .contains("\"deviceId\":\"robots\"")
                .contains("\"members\":3,\"membersListed\":1");
    }
}
