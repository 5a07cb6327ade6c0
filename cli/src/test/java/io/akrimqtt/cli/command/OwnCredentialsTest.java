package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.MosquittoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two MQTT servers of one Configuration, each of which lets in a user of its own. */
class OwnCredentialsTest {

    @TempDir
    Path folder;

    private final MosquittoServer plain =
            MosquittoServer.options().user("ann", "ann-secret").start();
    private final MosquittoServer plant =
            MosquittoServer.options().user("bob", "bob-secret").start();
    private Path file = Path.of("unset");

    @BeforeEach
    void a_configuration() throws IOException {
        file = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: factory}
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: |
                      serverUrls: ["%s", {url: "%s", credentials: plant}]
                      topics: ["robots/+/joints"]
                    discoveryProperties:
                    - {name: mqtt_username, value: ann}
                    - {name: mqtt_password, value: ann-secret}
                    - {name: plant_username, value: bob}
                    - {name: plant_password, value: bob-secret}
                """.formatted(plain.url(), plant.url()));
    }

    @AfterEach
    void close() {
        plain.close();
        plant.close();
    }

    @Test
    void a_recording_goes_to_each_server_as_the_user_that_is_meant_for_it() throws IOException {
        var recording = folder.resolve("r.jsonl");

        var result = Console.run("record", file.toString(), "--to", recording.toString(), "--for", "5s");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(Files.readString(recording))
                .contains("\"server\":0,\"event\":\"connected\"", "\"server\":1,\"event\":\"connected\"")
                .doesNotContain("secret");
    }

    @Test
    void a_dry_run_at_one_of_the_servers_takes_its_credentials() {
        var result = Console.run("check", "--against", plant.url().toString(), "--for", "1s", file.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Configuration factory finds 0 devices");
    }

    @Test
    void variables_of_one_server_do_not_go_to_the_other() {
        var wrong = Map.of("PLANT_PASSWORD", "wrong");

        var result = Console.run(
                wrong, "record", file.toString(), "--to", folder.resolve("r").toString(), "--for", "5s");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("never reached " + plant.url()).doesNotContain(plain.url() + ":");
    }
}
