package io.akrimqtt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {

    @TempDir
    Path directory;

    private static void write(BoundedLog log, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        log.write(bytes, bytes.length);
    }

    @Test
    void keeps_one_older_file() throws IOException {
        var file = directory.resolve("log");
        try (var log = new BoundedLog(file, 10)) {
            write(log, "aaaaaaaaaa");
            write(log, "bbbbbbbbbb");
            write(log, "ccc");
        }

        assertThat(file).hasContent("ccc");
        assertThat(directory.resolve("log.1")).hasContent("bbbbbbbbbb");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void goes_on_where_an_earlier_run_stopped() {
        var file = directory.resolve("log");
        try (var log = new BoundedLog(file, 10)) {
            write(log, "aaaa");
        }
        try (var log = new BoundedLog(file, 10)) {
            write(log, "bbbb");
            write(log, "cccc");
        }

        assertThat(directory.resolve("log.1")).hasContent("aaaabbbb");
        assertThat(file).hasContent("cccc");
    }

    @Test
    void loses_what_it_cannot_write_and_goes_on_when_it_can() throws IOException {
        var folder = directory.resolve("missing");
        try (var log = new BoundedLog(folder.resolve("log"), 10)) {
            write(log, "lost");
            Files.createDirectory(folder);
            write(log, "kept");
        }

        assertThat(folder.resolve("log")).hasContent("kept");
    }
}
