package io.akrimqtt.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @Test
    void tells_all_problems_at_once() {
        var environment = new Environment(Map.of("LISTEN", "nowhere", "FORMAT", "xml", "WAIT", "10 sec"));

        environment.address("LISTEN", "127.0.0.1:1");
        environment.word("FORMAT", "text", List.of("text", "json"));
        environment.duration("WAIT", "10s", Duration.ofSeconds(1), Duration.ofMinutes(1));
        environment.required("DIRECTORY", "a folder");

        assertThat(environment.problems())
                .containsExactly(
                        "LISTEN: 'nowhere' is no address (expected: host:port, unix:/absolute/path or off)",
                        "FORMAT: 'xml' is not known (expected: text, json)",
                        "WAIT: '10 sec' (expected: a duration such as 10s, 5m or 1h, from 1s to 60s)",
                        "DIRECTORY: is not set (expected: a folder)");
    }

    @Test
    void uses_the_default_where_a_value_is_missing_blank_or_wrong() {
        var environment = new Environment(Map.of("A", " ", "B", "1m"));

        assertThat(environment.text("A", "x")).isEqualTo("x");
        assertThat(environment.duration("B", "10s", Duration.ZERO, Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(environment.duration("C", "500ms", Duration.ZERO, Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofMillis(500));
    }

    @Nested
    class A_secret {

        @TempDir
        Path folder;

        @Test
        void comes_from_the_variable_and_is_never_shown() {
            var environment = new Environment(Map.of("PASSWORD", "geheim"));

            assertThat(environment.secret("PASSWORD")).contains("geheim");
            assertThat(environment.effective()).containsEntry("PASSWORD", "***");
        }

        @Test
        void comes_from_a_file_without_its_last_line_end() throws IOException {
            var file = Files.writeString(folder.resolve("p"), "ge\nheim\n");
            var environment = new Environment(Map.of("PASSWORD_FILE", file.toString()));

            assertThat(environment.secret("PASSWORD")).contains("ge\nheim");
            assertThat(environment.effective()).containsOnlyKeys("PASSWORD_FILE");
        }

        @Test
        void given_twice_or_not_readable_is_a_problem_that_does_not_tell_it() {
            var environment = new Environment(Map.of("PASSWORD", "geheim", "PASSWORD_FILE", "/does/not/exist"));

            environment.secret("PASSWORD");

            assertThat(environment.problems())
                    .containsExactly(
                            "PASSWORD: is set, and so is PASSWORD_FILE (expected: one of them)",
                            "PASSWORD_FILE: names a file that cannot be read: /does/not/exist"
                                    + " (expected: a small text file)");
        }

        @Test
        void is_not_read_from_a_file_of_more_than_a_mebibyte() throws IOException {
            var file = Files.write(folder.resolve("p"), new byte[Environment.MAX_FILE + 1]);
            var environment = new Environment(Map.of("PASSWORD_FILE", file.toString()));

            assertThat(environment.secret("PASSWORD")).isEmpty();
            assertThat(environment.problems()).singleElement().asString().contains("more than 1 MiB");
        }
    }

    @Test
    void traces_are_exported_where_there_is_an_endpoint_that_holds_no_secret() {
        assertThat(new Environment(Map.of()).exportsTraces()).isFalse();
        assertThat(new Environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318")).exportsTraces())
                .isTrue();
        assertThat(new Environment(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://c/v1/traces")).exportsTraces())
                .isTrue();
        assertThat(new Environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318", "OTEL_SDK_DISABLED", "TRUE"))
                        .exportsTraces())
                .isFalse();

        var secret = new Environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://me:s3cret@c:4318"));
        secret.exportsTraces();
        assertThat(secret.problems())
                .containsExactly(
                        "OTEL_EXPORTER_OTLP_ENDPOINT: is no address without user information (expected: such as"
                                + " http://collector:4318)");
        assertThat(secret.effective().toString()).doesNotContain("s3cret");
    }
}
