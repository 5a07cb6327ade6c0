package io.akrimqtt.cli.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final RecordingHeader HEADER =
            new RecordingHeader(NOON, "factory", List.of("tcp://h:1883"), List.of("robots/#"));
    private static final String FIRST = "{\"recording\":\"akri-mqtt\",\"version\":1,\"time\":\"2026-11-20T12:00:00Z\","
            + "\"configuration\":\"c\",\"servers\":[\"tcp://h:1883\"],\"filters\":[]}\n";

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("r.jsonl");
    }

    private static RecordedMessage message(String text) {
        return RecordedMessage.of("robots/r1/status", 1, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Recorded> readAll() throws IOException, RecordingException {
        var all = new ArrayList<Recorded>();
        try (var reader = RecordingReader.open(file())) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    @Test
    void what_is_written_is_read_again() throws IOException, RecordingException {
        var all = List.of(
                new Recorded.Connected(NOON, 0, "5"),
                new Recorded.Retained(NOON, 0, message("online")),
                new Recorded.RetainedRead(NOON.plusNanos(1), 0, true, ""),
                new Recorded.Published(NOON.plusSeconds(1), 0, message("ü"), true),
                new Recorded.Published(NOON.plusSeconds(2), 0, message(""), false),
                new Recorded.Published(
                        NOON.plusSeconds(2), 0, RecordedMessage.of("robots/r1/x", 0, new byte[] {0, -1}), null),
                new Recorded.Disconnected(NOON.plusSeconds(3), 0, "gone"),
                new Recorded.Ended(NOON.plusSeconds(4), "it was told to stop"));
        try (var writer = RecordingWriter.create(file(), 100_000, HEADER)) {
            for (var each : all.subList(0, all.size() - 1)) {
                assertThat(writer.write(each)).isTrue();
            }
            writer.end(NOON.plusSeconds(4), "it was told to stop");
            assertThat(writer.bytes()).isGreaterThan(500);
        }

        assertThat(readAll()).isEqualTo(all);
        try (var reader = RecordingReader.open(file())) {
            assertThat(reader.header()).isEqualTo(HEADER);
        }
    }

    @Test
    void a_line_is_json_with_the_payload_in_base64_and_as_text_where_it_is_text() throws IOException {
        try (var writer = RecordingWriter.create(file(), 100_000, HEADER)) {
            writer.write(new Recorded.Published(NOON, 0, message("on"), false));
            writer.write(new Recorded.Published(NOON, 0, RecordedMessage.of("t", 0, new byte[] {-1}), null));
        }

        assertThat(Files.readString(file())).isEqualTo("""
                        {"recording":"akri-mqtt","version":1,"time":"2026-11-20T12:00:00Z","configuration":"factory",\
                        "servers":["tcp://h:1883"],"filters":["robots/#"]}
                        {"time":"2026-11-20T12:00:00Z","server":0,"event":"message","retain":false,\
                        "topic":"robots/r1/status","qos":1,"payload":"b24=","text":"on"}
                        {"time":"2026-11-20T12:00:00Z","server":0,"event":"message","topic":"t","qos":0,"payload":"/w=="}
                        """);
    }

    @Test
    void a_long_payload_is_cut_and_marked() throws IOException, RecordingException {
        try (var writer = RecordingWriter.create(file(), 1_000_000, HEADER)) {
            writer.write(new Recorded.Retained(NOON, 0, RecordedMessage.of("t", 1, new byte[70_000])));
        }

        assertThat(Files.readString(file())).contains("\"size\":70000");
        assertThat(readAll().getFirst()).isInstanceOfSatisfying(Recorded.Retained.class, retained -> {
            assertThat(retained.message().payload()).hasSize(RecordedMessage.MAX_PAYLOAD);
            assertThat(retained.message().size()).isEqualTo(70_000);
            assertThat(retained.message().cut()).isTrue();
        });
    }

    @Test
    void a_recording_never_grows_beyond_its_largest_size_and_is_whole() throws IOException, RecordingException {
        int written = 0;
        try (var writer = RecordingWriter.create(file(), 10_000, HEADER)) {
            while (writer.write(new Recorded.Published(NOON, 0, message("online"), false))) {
                written++;
            }
            writer.end(NOON, "it has reached its largest size" + "x".repeat(5_000));
        }

        assertThat(Files.size(file())).isBetween(8_000L, 10_000L);
        assertThat(readAll()).hasSize(written + 1).last().isInstanceOf(Recorded.Ended.class);
    }

    @Test
    void times_never_go_back_in_what_is_written() throws IOException, RecordingException {
        try (var writer = RecordingWriter.create(file(), 100_000, HEADER)) {
            writer.write(new Recorded.Connected(NOON.plusSeconds(5), 0, "5"));
            writer.write(new Recorded.Disconnected(NOON.plusSeconds(4), 0, ""));
        }

        assertThat(readAll()).extracting(Recorded::time).containsOnly(NOON.plusSeconds(5));
    }

    @Test
    void a_file_that_is_there_is_not_written_over_and_a_new_one_is_its_owners() throws IOException {
        RecordingWriter.create(file(), 100_000, HEADER).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> RecordingWriter.create(file(), 100_000, HEADER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | 2: what is no JSON (expected: one JSON object)",
                "[1] | 2: what is no JSON object",
                "{\"time\":\"2026-11-20T12:00:00Z\"} | 2: no field event (expected: a text)",
                "{\"time\":1,\"event\":\"ended\"} | 2: a wrong field time (expected: a text)",
                "{\"time\":\"soon\",\"event\":\"ended\"} | 2: time 'soon' (expected: a time such as",
                "{\"time\":\"2026-11-20T11:59:59Z\",\"event\":\"ended\",\"reason\":\"\"} | 2: time 2026-11-20T11:59:59Z (expected: none before",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"event\":\"exploded\"} | 2: event 'exploded' (expected: connected,",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":1,\"event\":\"connected\",\"protocol\":\"5\"} | 2: server 1 (expected: a whole number from 0 to 0)",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0,\"event\":\"retained\",\"topic\":\"a/#\",\"qos\":1,\"payload\":\"\"} | 2: topic 'a/#'",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0,\"event\":\"retained\",\"topic\":\"a\",\"qos\":3,\"payload\":\"\"} | 2: qos 3",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0,\"event\":\"retained\",\"topic\":\"a\",\"qos\":1,\"payload\":\"?\"} | 2: a payload that is no base64",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0,\"event\":\"retained\",\"topic\":\"a\",\"qos\":1,\"payload\":\"AAAA\",\"size\":1} | 2: size 1",
                "{\"event\":\"ended\",\"event\":\"ended\"} | 2: what is no JSON",
            })
    void what_is_wrong_is_told_with_its_line(String line, String problem) throws IOException {
        Files.writeString(file(), FIRST + line + "\n");

        assertThatThrownBy(this::readAll)
                .isInstanceOf(RecordingException.class)
                .message()
                .startsWith(file() + ":")
                .contains(":" + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 1: no header",
                "{\"recording\":\"akri-mqtt\",\"version\":2} | 1: version 2 (expected: version 1)",
                "{\"recording\":\"akri-mqtt\",\"version\":1,\"servers\":[]} | 1: 0 servers",
                "{\"recording\":\"something else\"} | 1: no header",
            })
    void what_is_no_recording_is_refused_at_once(String line, String problem) throws IOException {
        Files.writeString(file(), line + "\n");

        assertThatThrownBy(this::readAll)
                .isInstanceOf(RecordingException.class)
                .message()
                .contains(":" + problem);
    }

    @Test
    void a_huge_line_is_refused_without_being_read_to_its_end() throws IOException {
        Files.writeString(file(), FIRST + "x".repeat(RecordingReader.MAX_LINE + 1));

        assertThatThrownBy(this::readAll).message().contains(":2: a line of more than");
    }

    @Test
    void what_is_no_text_is_refused_and_what_follows_the_end_too() throws IOException {
        Files.write(file(), (FIRST + "\u00ff\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::readAll).message().contains(":2: bytes that are no UTF-8");

        var end = "{\"time\":\"2026-11-20T12:00:00Z\",\"event\":\"ended\",\"reason\":\"\"}\n";
        Files.writeString(file(), FIRST + end + end);
        assertThatThrownBy(this::readAll).message().contains(":3: a line behind the end");
    }

    @Test
    void a_last_line_that_is_cut_off_anywhere_is_left_out_and_said() throws IOException, RecordingException {
        try (var writer = RecordingWriter.create(file(), 100_000, HEADER)) {
            writer.write(new Recorded.Connected(NOON, 0, "5"));
            writer.write(new Recorded.Published(NOON, 0, message("grün"), false));
        }
        byte[] whole = Files.readAllBytes(file());
        int begin = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("\n{") + 1;

        for (int length = begin + 1; length < whole.length - 1; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (var reader = RecordingReader.open(file())) {
                assertThat(reader.next()).isPresent();
                assertThat(reader.next()).isEmpty();
                assertThat(reader.truncated()).isTrue();
                assertThat(reader.line()).isEqualTo(3);
            }
        }
    }
}
