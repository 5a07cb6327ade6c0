package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.MosquittoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording in a process of its own. */
class RecordIT {

    @TempDir
    Path folder;

    @Test
    void ctrl_c_ends_a_recording_cleanly() throws IOException {
        var recording = folder.resolve("r.jsonl");
        try (var server = MosquittoServer.start()) {
            var file = Files.writeString(folder.resolve("c.yaml"), """
                    apiVersion: akri.sh/v0
                    kind: Configuration
                    metadata: {name: robots}
                    spec:
                      discoveryHandler:
                        name: mqtt
                        discoveryDetails: "{serverUrls: [%s], topics: [robots/+/joints]}"
                    """.formatted(server.url()));
            var process = Cli.start(List.of("record", file.toString(), "--to", recording.toString()));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(recording)
                            && Files.readString(recording).contains("retained.read"));

            process.destroy();

            assertThat(Cli.ended(process)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(Files.readAllLines(recording))
                .last()
                .asString()
                .contains("\"event\":\"ended\",\"reason\":\"it was told to stop\"");
    }
}
