package io.akrimqtt.helm.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what is made, reviewed as differences. With {@code -Dgolden=write} they are written instead of compared. */
final class Golden {

    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private Golden() {}

    /** Compares with a file, or writes it. */
    static void same(Path file, String made) {
        if (WRITE) {
            write(file, made);
        }
        assertThat(made)
                .as("%s: what is made now; run the test with -Dgolden=write if that is what it should be", file)
                .isEqualTo(read(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
