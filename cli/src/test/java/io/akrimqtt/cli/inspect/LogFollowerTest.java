package io.akrimqtt.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {

    @TempDir
    Path folder;

    private final ArrayList<String> lines = new ArrayList<>();

    @Test
    void reads_lines_and_a_last_one_without_an_end() throws IOException {
        var file = Files.writeString(folder.resolve("log"), "one\ntwo\nthr");

        new LogFollower(file).read(lines::add);

        assertThat(lines).containsExactly("one", "two", "thr");
    }

    @Test
    void a_file_that_is_not_there_yet_is_empty() throws IOException {
        new LogFollower(folder.resolve("log")).read(lines::add);

        assertThat(lines).isEmpty();
    }

    @Test
    @Timeout(180)
    void follows_what_comes_and_a_file_that_begins_anew() throws IOException {
        var file = Files.writeString(folder.resolve("log"), "one\ntw");

        new LogFollower(file).follow(line -> {
            lines.add(line);
            write(file, line);
            return !line.equals("anew");
        });

        assertThat(lines).containsExactly("one", "two", "anew");
    }

    private static void write(Path file, String after) {
        try {
            switch (after) {
                case "one" -> Files.writeString(file, "o\n", StandardOpenOption.APPEND);
                case "two" -> Files.writeString(file, "anew\n");
                default -> {}
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
