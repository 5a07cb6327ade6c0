package io.akrimqtt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

    private static final Instant BUILT = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    private Path jars;
    private Path options;

    @BeforeEach
    void build() throws IOException {
        jars = Files.createDirectory(directory.resolve("app"));
        made(Files.createFile(jars.resolve("a.jar")), BUILT);
        made(jars, BUILT);
        options = made(Files.createFile(directory.resolve("options")), BUILT.plusSeconds(60));
    }

    private static Path made(Path path, Instant when) throws IOException {
        return Files.setLastModifiedTime(path, FileTime.from(when));
    }

    @Test
    void is_by_what_a_training_run_left_after_the_build() {
        assertThat(Launch.trained(options, jars)).contains(new Launch(List.of("@" + options)));
    }

    @Test
    void knows_no_training_run_where_none_was() throws IOException {
        Files.delete(options);

        assertThat(Launch.trained(options, jars)).isEmpty();
    }

    @Test
    void forgets_a_training_run_once_a_jar_is_another() throws IOException {
        made(jars.resolve("a.jar"), BUILT.plusSeconds(61));

        assertThat(Launch.trained(options, jars)).isEmpty();
    }

    @Test
    void forgets_a_training_run_once_a_jar_has_gone() throws IOException {
        Files.delete(jars.resolve("a.jar"));
        made(jars, BUILT.plusSeconds(61));

        assertThat(Launch.trained(options, jars)).isEmpty();
    }
}
