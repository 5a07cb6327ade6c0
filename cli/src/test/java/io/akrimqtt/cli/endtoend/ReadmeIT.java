package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README quotes of its first command is what that command prints. */
class ReadmeIT {

    private static final Pattern QUOTE = Pattern.compile("<!-- quote: local -->\n```\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void the_first_command_prints_what_the_readme_quotes() throws Exception {
        var quoted = quoted();
        int port = FreePort.find();
        var run = folder.resolve("run");
        var process = Cli.start(
                List.of("local", "--dir", run.toString(), "--mqtt-port", Integer.toString(port), "--for", "10m"));
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            var printed = new CopyOnWriteArrayList<String>();
            Thread.ofVirtual()
                    .start(() -> reader.lines()
                            .map(line -> withoutTime(line)
                                    .replace(run.toString(), "/tmp/akri-mqtt-you")
                                    .replace("127.0.0.1:" + port, "127.0.0.1:1883"))
                            .forEach(printed::add));

            await().atMost(LocalRun.PATIENCE.multipliedBy(2))
                    .untilAsserted(() -> assertThat(printed).containsAll(quoted));

            process.destroy();
            assertThat(Cli.ended(process)).as("ended on SIGTERM").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> quoted() throws IOException {
        var match = QUOTE.matcher(Files.readString(Cli.home().resolve("README.md")));
        assertThat(match.find()).as("the README's quote").isTrue();
        var lines = match.group(1).lines().map(ReadmeIT::withoutTime).toList();
        for (var part : Stream.of("workload running    press-1", "command finished", "workload gone")
                .toList()) {
            assertThat(lines).as("the quoted story").anyMatch(line -> line.contains(part));
        }
        return lines;
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d  ", "").stripTrailing();
    }
}
