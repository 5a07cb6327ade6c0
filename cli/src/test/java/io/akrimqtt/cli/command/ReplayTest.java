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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
        var filters = Stream.of(
                        "joints", "status", "availability", "online", "LWT", "connected", "presence", "connection")
                .map(level -> "robots/+/" + level)
                .toList();
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

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                2026-11-20 12:00:01.000  online    robots/r2  retained-status on robots/r2/status at 2026-11-20 12:00:00.500: \
                its retained status says online
                2026-11-20 12:00:02.000  online    robots/r1  activity on robots/r1/joints at 2026-11-20 12:00:02.000: \
                it published something
                2026-11-20 12:00:13.000  offline   robots/r1  status on robots/r1/status at 2026-11-20 12:00:03.000: \
                it, or its Last Will, said offline, and nothing contradicted in time
                2026-11-20 12:00:15.000  offline   robots/r2  status on robots/r2/status at 2026-11-20 12:00:05.000: \
                it, or its Last Will, said offline, and nothing contradicted in time

                At 2026-11-20 12:01:00.000:
                DEVICE      PRESENCE   LISTED   EVIDENCE   WHY
                robots/r1   offline    no       status     it, or its Last Will, said offline, and nothing contradicted in time
                robots/r2   offline    no       status     it, or its Last Will, said offline, and nothing contradicted in time
                ignored: 1, no_device: no topic filter matches it
                messages: 6, devices: 2
                """);
    }

    @Test
    void the_same_recording_leads_to_the_same_events() throws IOException {
        record(ReplayTest::day);

        var first = replay("-o", "json").out();

        assertThat(first).isEqualTo(replay("-o", "json").out());
        assertThat(first.lines())
                .hasSize(8)
                .element(2)
                .asString()
                .startsWith("{\"time\":\"2026-11-20T12:00:13.000Z\",\"event\":\"device.offline\",\"device\":\"r1\"");
        assertThat(first).contains("\"cause\":\"no_device\",\"count\":1", "\"presence\":\"offline\",\"listed\":false");
    }

    @Test
    void the_offline_word_is_verified_with_what_was_retained_at_that_moment() throws IOException {
        record(writer -> {
            writer.write(live(3, "robots/r2/status", "offline", true));
            writer.write(live(4, "robots/r2/status", "online", true));
            writer.write(live(5, "robots/r2/status", "offline", true));
            writer.write(live(14.9, "robots/r9/joints", "x", false));
            writer.write(live(40, "robots/r2/status", "online", true));
        });

        assertThat(timeline(replay("--device", "r2")))
                .contains("12:00:15.000  offline   robots/r2", "12:00:40.000  online    robots/r2");
    }

    @Test
    void a_late_last_will_that_is_not_what_is_retained_is_refuted_by_the_recording() throws IOException {
        record(writer -> {
            writer.write(live(3, "robots/r2/status", "offline", true));
            writer.write(new Recorded.Retained(at(4), 0, message("robots/r2/status", "online")));
        });

        assertThat(timeline(replay())).doesNotContain("offline").contains("online    robots/r2");
    }

    @Test
    void one_device_can_be_asked_for_by_name_or_id() throws IOException {
        record(ReplayTest::day);

        assertThat(replay("--device", "r1").out()).doesNotContain("robots/r2").contains("devices: 1");
        assertThat(replay("--device", "robots/r2").out()).doesNotContain("robots/r1");
    }

    @Test
    void a_gap_in_the_connection_holds_everything_and_then_begins_afresh() throws IOException {
        record(writer -> {
            writer.write(live(2, "robots/r1/joints", "{}", false));
            writer.write(new Recorded.Disconnected(at(3), 0, "the network"));
            writer.write(new Recorded.Connected(at(40), 0, "5"));
            writer.write(new Recorded.Retained(at(40), 0, message("robots/r2/status", "offline")));
            writer.write(new Recorded.RetainedRead(at(41), 0, true, ""));
        });

        assertThat(timeline(replay())).doesNotContain("12:00:03").contains("12:00:51.000  offline   robots/r2");
    }

    @Test
    void a_payload_that_was_cut_is_as_long_as_it_was() throws IOException {
        record(writer -> writer.write(
                new Recorded.Published(at(2), 0, RecordedMessage.of("robots/r1/status", 1, new byte[100_000]), true)));

        assertThat(replay().out()).contains("ignored: 1, payload_too_large: its status is larger than is read");
    }

    @Test
    void a_recording_that_was_cut_off_is_replayed_with_a_warning() throws IOException {
        record(ReplayTest::day);
        byte[] whole = Files.readAllBytes(recording);
        Files.write(recording, Arrays.copyOf(whole, whole.length - 20));

        var result = replay();

        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .isEqualTo("akri-mqtt: warning: " + recording + ":10: the last line is cut off; it is left out\n");
        assertThat(result.out()).contains("At 2026-11-20 12:00:06.000:");
    }

    @Test
    void a_recording_that_is_damaged_is_an_error_with_its_line() throws IOException {
        record(ReplayTest::day);
        Files.writeString(
                recording, Files.readString(recording).replace("\"qos\":1,\"payload\":\"eA==\"", "\"qos\":9"));

        var result = replay();

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).isEqualTo("akri-mqtt: " + recording + ":9: no field payload (expected: a text)\n");
    }

    @Test
    void what_was_recorded_with_other_filters_is_warned_of() throws IOException {
        record(ReplayTest::day);
        Files.writeString(configuration, Files.readString(configuration).replace("robots/+/joints", "arms/+/#"));

        assertThat(replay().err()).contains("recorded without arms/+/#, which the Configuration listens to");
    }

    @Test
    void what_is_not_there_is_named() {
        var result = replay();

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("cannot be read (NoSuchFileException)");
        assertThat(Console.run("replay", recording.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Console.run("replay", recording.toString(), configuration.toString(), "--name", "x")
                        .err())
                .contains("--name with one of factory");
    }
}
