package io.akrimqtt.handler.journal;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.presence.state.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final InstantSource WALL = InstantSource.system();

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("deep/er/handler.journal");
    }

    private Journal open() {
        return Journal.start(file, WALL);
    }

    private List<Memory> kept() {
        try (var journal = open()) {
            return journal.part("w").memories();
        }
    }

    @Test
    void what_was_remembered_is_there_afterwards_and_nothing_else() throws Exception {
        try (var journal = open()) {
            var part = journal.part("w");
            part.remember(Memories.change(Memories.full("a/b")));
            part.remember(Memories.change(Memories.online("gone")));
            part.remember(Map.of("gone", Optional.empty(), "c", Optional.of(Memories.online("c"))));
            journal.part("other").remember(Memories.change(Memories.online("x")));
            assertThat(journal.problem()).isEmpty();
        }

        assertThat(kept()).containsExactlyInAnyOrder(Memories.full("a/b"), Memories.online("c"));
    }

    @Test
    void everything_anew_takes_the_place_of_what_was() throws Exception {
        try (var journal = open()) {
            var part = journal.part("w");
            part.remember(Memories.change(Memories.online("old")));
            part.rememberAll(Stream.of(Memories.online("new")));
        }

        assertThat(kept()).containsExactly(Memories.online("new"));
    }

    @Test
    void sessions_and_reported_ids_are_kept() throws Exception {
        try (var journal = open()) {
            journal.part("w").session(2, 3600);
            journal.part("w").reportedIds(Map.of("d", "d#2", "e", "e"));
        }

        try (var journal = open()) {
            var part = journal.part("w");
            assertThat(part.sessionUntil(0)).isEmpty();
            assertThat(part.sessionUntil(2).orElseThrow())
                    .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));
            assertThat(part.reportedIds()).isEqualTo(Map.of("d", "d#2", "e", "e"));
        }
    }

    @Test
    void the_file_is_for_us_alone() throws Exception {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_of_something_else_is_put_aside_and_told() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no journal\n".repeat(1000));

        try (var journal = open()) {
            assertThat(journal.problem()).isEmpty();
            journal.part("w").remember(Memories.change(Memories.online("a")));
        }

        assertThat(file.resolveSibling("handler.journal.unreadable")).content().startsWith("no journal");
        assertThat(kept()).containsExactly(Memories.online("a"));
    }

    @Test
    void a_journal_with_damage_anywhere_opens_all_the_same() throws Exception {
        try (var journal = open()) {
            journal.part("w").rememberAll(IntStream.range(0, 500).mapToObj(i -> Memories.full("d" + i)));
        }
        byte[] whole = Files.readAllBytes(file);
        var random = new Random(4);
        for (int round = 0; round < 40; round++) {
            byte[] damaged = whole.clone();
            int from = random.nextInt(damaged.length);
            for (int i = from; i < Math.min(damaged.length, from + 1 + random.nextInt(9000)); i++) {
                damaged[i] = (byte) random.nextInt();
            }
            Files.write(file, damaged);

            try (var journal = open()) {
                var part = journal.part("w");
                part.remember(Memories.change(Memories.online("new " + round)));
                await().untilAsserted(() -> assertThat(journal.problem()).isEmpty());
            }
        }
    }

    @Test
    void one_unreadable_device_costs_no_other() throws Exception {
        try (var journal = open()) {
            journal.part("w").remember(Memories.change(Memories.online("a")));
        }
        try (var store = Store.open(file)) {
            store.map(Part.devices("w")).put("bad", "rubbish".getBytes(UTF_8));
            store.commit();
        }

        assertThat(kept()).containsExactly(Memories.online("a"));
    }

    @Test
    void a_place_that_cannot_be_written_is_told_and_everything_goes_on() throws Exception {
        Files.writeString(folder.resolve("deep"), "a file, no folder");

        try (var journal = open()) {
            assertThat(journal.problem()).contains(file.toString()).contains("cannot be made");
            var part = journal.part("w");
            part.remember(Memories.change(Memories.online("a")));
            assertThat(part.memories()).isEmpty();
            assertThat(part.lacking()).isFalse();
        }
    }

    @Test
    void a_journal_that_comes_back_is_written_anew() throws Exception {
        var wall = new AtomicInteger();
        InstantSource clock = () -> Instant.now().plusSeconds(wall.get());
        Files.writeString(folder.resolve("deep"), "in the way");
        try (var journal = Journal.start(file, clock)) {
            var part = journal.part("w");
            Files.delete(folder.resolve("deep"));
            wall.set(60);

            await().until(part::lacking);
            part.rememberAll(Stream.of(Memories.online("a")));

            assertThat(part.lacking()).isFalse();
            assertThat(journal.problem()).isEmpty();
        }
        assertThat(kept()).containsExactly(Memories.online("a"));
    }

    @Test
    void what_was_handed_over_is_closed_and_taken_back_with_what_the_other_has_left() throws Exception {
        try (var first = open()) {
            var old = first.part("w");
            old.remember(Memories.change(Memories.online("a")));
            old.session(0, 3600);
            first.handOver();
            assertThat(first.problem()).contains("handed over");

            try (var second = open()) {
                assertThat(second.problem()).isEmpty();
                assertThat(second.part("w").memories()).containsExactly(Memories.online("a"));
                old.remember(Memories.change(Memories.online("never")));
                second.part("w").remember(Memories.change(Memories.online("b")));
            }

            first.takeBack();
            assertThat(first.problem()).isEmpty();
            var part = first.part("w");
            assertThat(part.memories()).containsExactlyInAnyOrder(Memories.online("a"), Memories.online("b"));
            assertThat(part.sessionUntil(0)).isPresent();
            part.remember(Memories.change(Memories.online("c")));
        }
        assertThat(kept()).hasSize(3);
    }

    @Test
    void one_that_another_process_has_is_used_as_soon_as_that_one_lets_go() throws Exception {
        var first = open();
        try (var second = open()) {
            assertThat(second.problem()).contains("in use by another process");
            var part = second.part("w");

            first.close();

            await().until(part::lacking);
            assertThat(second.problem()).isEmpty();
        }
    }

    @Test
    void parts_that_nobody_opens_any_more_make_room() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (var journal = open()) {
                for (int part = 0; part < Journal.MAX_PARTS / 2; part++) {
                    journal.part(i + "-" + part).remember(Memories.change(Memories.online("d")));
                }
            }
        }

        try (var journal = open()) {
            assertThat(journal.part("0-0").memories()).isEmpty();
            assertThat(journal.part("2-5").memories()).hasSize(1);
        }
    }

    @Test
    void what_was_written_survives_kill_9_whenever_it_comes() throws Exception {
        var random = new Random(9);
        for (int round = 0; round < 5; round++) {
            Files.deleteIfExists(file);
            var process = writer("", 1_000_000);
            int lines = 50 + random.nextInt(2000);
            String last = "";
            try (var out = process.inputReader(UTF_8)) {
                for (int i = 0; i < lines; i++) {
                    last = out.readLine();
                }
                process.toHandle().destroyForcibly();
                // What it still said before it died counts, too.
                for (var line = out.readLine(); line != null && line.matches("d\\d+"); line = out.readLine()) {
                    last = line;
                }
            }
            // Its output may end before its hold of the file does.
            process.waitFor();
            int written = Integer.parseInt(last.substring(1));

            assertThat(kept())
                    .extracting(Memory::device)
                    .containsAll(IntStream.rangeClosed(0, written)
                            .mapToObj(i -> "d" + i)
                            .toList());
        }
    }

    @Test
    void a_full_disk_is_told_and_what_was_written_before_is_kept() throws Exception {
        var process = writer("ulimit -f 8000;", 1_000_000);

        var lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();

        process.waitFor();
        assertThat(lines.getLast()).startsWith("problem: ").contains(file.toString());
        var written = lines.stream().filter(line -> line.matches("d\\d+")).toList();
        assertThat(written).hasSizeGreaterThan(100);
        assertThat(kept()).extracting(Memory::device).containsAll(written);
    }

    /** A file may not grow beyond what the shell says first; to the process that is a disk without room. */
    private Process writer(String first, long devices) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = first + " exec '" + java + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + WriterMain.class.getName() + " '" + file + "' "
                + devices;
        return new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
