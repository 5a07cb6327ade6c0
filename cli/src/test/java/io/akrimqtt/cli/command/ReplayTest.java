package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.cli.recording.RecordedMessage;
import io.akrimqtt.cli.recording.RecordingHeader;
import io.akrimqtt.cli.recording.RecordingWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private Path configuration = Path.of("unset");
    private Path recording = Path.of("unset");

    private interface Story {
        void tell(RecordingWriter writer) throws IOException;
    }

    @BeforeEach
    void a_configuration() throws IOException {
        recording = folder.resolve("r.jsonl");
        configuration = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: factory}
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: |
                      serverUrls: [tcp://127.0.0.1:1883]
                      topics: ["robots/+/joints"]
                """);
    }

    private static Instant at(double seconds) {
        return NOON.plusMillis(Math.round(seconds * 1000));
    }

    private static RecordedMessage message(String topic, String payload) {
        return RecordedMessage.of(topic, 1, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static Recorded live(double seconds, String topic, String payload, @Nullable Boolean retain) {
        return new Recorded.Published(at(seconds), 0, message(topic, payload), retain);
    }

    private void record(Story story) throws IOException {
        Files.deleteIfExists(recording);
        var filters = List.of("robots/+/joints", "robots/+/status");
        var header = new RecordingHeader(NOON, "factory", List.of("tcp://h:1883"), filters);
        try (var writer = RecordingWriter.create(recording, 1_000_000, header)) {
            writer.write(new Recorded.Connected(at(0), 0, "5"));
            writer.write(new Recorded.Retained(at(0.5), 0, message("robots/r2/status", "online")));
            writer.write(new Recorded.RetainedRead(at(1), 0, true, ""));
            story.tell(writer);
            writer.end(at(60), "its time was over");
        }
    }

    private Console.Result replay(String... options) {
        var words = new ArrayList<>(List.of("replay", recording.toString(), configuration.toString()));
        words.addAll(List.of(options));
        return Console.run(words.toArray(String[]::new));
    }

    private static String timeline(Console.Result result) {
        return result.out().substring(0, result.out().indexOf("\n\n") + 1);
    }

    /** r1 dies, r2's Last Will comes too late, r3 was named once. */
    private static void day(RecordingWriter writer) throws IOException {
        writer.write(live(2, "robots/r1/joints", "{}", false));
        writer.write(live(3, "robots/r1/status", "offline", true));
        writer.write(live(4, "robots/r2/status", "online", true));
        writer.write(live(5, "robots/r2/status", "offline", false));
        writer.write(live(6, "robots/r1/cmd", "x", false));
    }

    @Test
    void a_recording_becomes_a_timeline_and_a_table() throws IOException {
        record(ReplayTest::day);

        var result = replay();

        assertThat(result.err()).contains("recorded without robots/+/");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .isEqualTo("""
                2026-11-20 12:00:01.000  online    robots/r2  retained-status on robots/r2/status at 2026-11-20 12:00:01.000: its retained status says online
                2026-11-20 12:00:02.000  online    robots/r1  activity on robots/r1/joints at 2026-11-20 12:00:02.000: it published something
                2026-11-20 12:00:13.000  offline   robots/r1  status on robots/r1/status at 2026-11-20 12:00:03.000: it, or its Last Will, said offline, and nothing contradicted in time

                At 2026-11-20 12:01:00.000:
                """ + result.out().substring(result.out().indexOf("DEVICE ")));
    }

    @Test
    void the_same_recording_leads_to_the_same_text() throws IOException {
        record(ReplayTest::day);

        assertThat(replay("-o", "json").out()).isEqualTo(replay("-o", "json").out());
    }
}
