package io.akrimqtt.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in {@code check/} with what is said about it beside it, in {@code .txt}: review changes of the words there. */
class CheckGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/check");

    static Stream<String> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void tells_what_is_written_beside_the_file(String name) throws IOException {
        var golden = FOLDER.resolve(name.replace(".yaml", ".txt"));

        var said = said(name);

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @Test
    void no_secret_is_ever_repeated() throws IOException {
        for (var name : files().toList()) {
            assertThat(said(name)).as(name).doesNotContain("hunter2", "nobody", "bm9ib2R5", "1234");
        }
    }

    private static String said(String name) throws IOException {
        var yaml = Files.readString(FOLDER.resolve(name));
        return ManifestReader.read(name, yaml, CheckOptions.CLUSTER).findings().stream()
                .map(finding -> finding + "\n")
                .collect(Collectors.joining());
    }
}
