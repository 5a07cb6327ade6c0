package io.akrimqtt.presence.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That the results which are committed are those of stories that are told. */
class CommittedTest {

    private static final Path HERE = Path.of("src/test/java/io/akrimqtt/presence/simulation");

    @Test
    void each_result_belongs_to_a_story() throws IOException {
        var stories = new StringBuilder();
        try (var files = Files.newDirectoryStream(HERE, "*ScenariosTest.java")) {
            for (var file : files) {
                stories.append(Files.readString(file));
            }
        }

        assertThat(Committed.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(stories).contains('"' + name + '"'));
    }
}
