package io.akrimqtt.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.MosquittoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the README are compiled and run as they stand there, and print what it says. */
class ReadmeTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\w+\\.java) -->\n```java\n(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);

    /** One of them. */
    record Example(String file, String code, String output) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Example> examples() {
        try {
            return EXAMPLE.matcher(Files.readString(Path.of("README.md")))
                    .results()
                    .map(match -> new Example(match.group(1), match.group(2), match.group(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_block_of_java_is_an_example() throws IOException {
        var blocks = Files.readString(Path.of("README.md")).split("```java\n", -1).length - 1;

        assertThat(examples()).hasSize(blocks).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_prints_what_the_readme_says(Example example, @TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve(example.file()), example.code());
        var errors = folder.resolve("errors");
        try (var server = MosquittoServer.start()) {
            var process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Dstdout.encoding=UTF-8",
                            "-cp",
                            System.getProperty("java.class.path"),
                            file.toString(),
                            server.url().toString())
                    .redirectError(errors.toFile())
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(errors) + output)
                    .isZero();
            List<String> said = output.lines()
                    .filter(line -> example.output().lines().anyMatch(line::equals))
                    .toList();
            assertThat(said)
                    .as(output)
                    .containsExactlyElementsOf(example.output().lines().toList());
        }
    }
}
