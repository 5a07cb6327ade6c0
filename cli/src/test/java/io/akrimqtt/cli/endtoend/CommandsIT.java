package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands to a device of a local run, typed as a user types them: what is printed, and the exit codes. */
class CommandsIT {

    @TempDir
    Path folder;

    private record Said(int exitCode, List<Map<String, String>> events, String errors) {
        Map<String, String> last() {
            return events.getLast();
        }
    }

    private Path directory() {
        return folder.resolve("run");
    }

    private static Said said(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--output", "json"));
        var result = Cli.run(all.toArray(String[]::new));
        return new Said(result.exitCode(), LocalRun.parseAll(result.output()), result.errors());
    }

    private Said about(String command, String... words) {
        var all = new ArrayList<>(List.of(command, "--dir", directory().toString()));
        all.addAll(List.of(words));
        return said(all.toArray(String[]::new));
    }

    @Test
    void are_sent_queued_listed_and_taken_back_and_each_exit_code_says_how_it_went() throws Exception {
        try (var run = LocalRun.start(directory(), "--mqtt-port", "0", "--for", "10m")) {
            run.awaitEvent("workload.running", "oven-1");
            await().atMost(LocalRun.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(about("invoke", "oven-1", "status").exitCode())
                                    .isZero());

            invoke();
            submit();
            byAddress();
            takenBack(run);
        }
        assertThat(about("invoke", "oven-1", "status").exitCode()).as("no run").isEqualTo(3);
    }

    private void invoke() throws IOException {
        var done = about("invoke", "oven-1", "set-speed", "42");
        assertThat(done.exitCode()).isZero();
        assertThat(done.events())
                .extracting(event -> event.get("state"))
                .startsWith("PUBLISHED")
                .endsWith("SUCCEEDED");
        assertThat(done.last())
                .containsEntry("event", "command.finished")
                .containsEntry("device", "oven-1")
                .containsEntry("command", "set-speed")
                .containsEntry("status", "200")
                .containsEntry("payload", "{\"speed\":42}");

        var refused = about("invoke", "oven-1", "set-speed", "much");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.last()).containsEntry("status", "400").containsEntry("origin", "device");
        assertThat(about("invoke", "oven-1", "fly").exitCode()).isEqualTo(5);
        assertThat(about("invoke", "oven-1", "a/b").exitCode()).isEqualTo(5);

        var large = Files.writeString(folder.resolve("large"), "x".repeat(300_000));
        var tooLarge = about("invoke", "oven-1", "set-speed", "--payload-file", large.toString());
        assertThat(tooLarge.exitCode()).isEqualTo(5);
        assertThat(tooLarge.last()).containsEntry("status", "413").containsEntry("origin", "caller");

        var missing = about("invoke", "oven-9", "status");
        assertThat(missing.exitCode()).isEqualTo(4);
        assertThat(missing.events()).isEmpty();
        assertThat(missing.errors()).contains("no device 'oven-9'");
        assertThat(about("invoke", "oven-1").exitCode()).isEqualTo(2);
    }

    private void submit() {
        var queued = about("submit", "oven-1", "identify");
        assertThat(queued.exitCode()).isZero();
        var id = queued.last().getOrDefault("commandId", "");
        assertThat(id).isNotEmpty();
        await().atMost(LocalRun.PATIENCE).untilAsserted(() -> {
            var listed = about("commands", "oven-1");
            assertThat(listed.exitCode()).isZero();
            assertThat(listed.events())
                    .anySatisfy(event ->
                            assertThat(event).containsEntry("commandId", id).containsEntry("state", "SUCCEEDED"));
        });
        assertThat(about("commands", "--open", "oven-1").events()).isEmpty();

        // It has ended: there is nothing to take back.
        assertThat(about("cancel", "oven-1", id).exitCode()).isEqualTo(5);
        var unknown = about("cancel", "oven-1", "no-such-id");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).contains("command_id: 'no-such-id' is not known");
    }

    private void byAddress() throws IOException {
        var address = address("oven-1");
        assertThat(said("invoke", "--address", address, "oven-1", "status").exitCode())
                .isZero();
        var other = said("invoke", "--address", address, "press-1", "status");
        assertThat(other.exitCode()).isEqualTo(4);
        assertThat(other.errors()).contains("is not that of 'press-1' (expected: oven-1)");
        assertThat(said("invoke", "--address", "unix:" + folder.resolve("nobody"), "oven-1", "status")
                        .exitCode())
                .isEqualTo(1);
        assertThat(said("commands", "--address", address, "--dir", folder.toString(), "oven-1")
                        .exitCode())
                .isEqualTo(2);
    }

    /** A device that is frozen answers nothing: its command is open for as long as it takes. */
    private void takenBack(LocalRun run) throws Exception {
        var oven = run.children("io.akrimqtt.samples.SimulatorMain")
                .filter(child -> child.info().commandLine().orElse("").contains("oven-1"))
                .findFirst()
                .orElseThrow();
        signal("STOP", oven);
        try {
            var id = about("submit", "oven-1", "identify", "--timeout", "30m")
                    .last()
                    .getOrDefault("commandId", "");
            var cancelled = about("cancel", "oven-1", id);

            assertThat(cancelled.exitCode()).as("%s", cancelled).isZero();
            assertThat(cancelled.last())
                    .containsEntry("event", "command.finished")
                    .containsEntry("command", "identify")
                    .containsEntry("commandId", id)
                    .containsEntry("state", "CANCELLED");
        } finally {
            signal("CONT", oven);
        }
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Where a device's workload listens, from the file that the run keeps for other commands. */
    private String address(String device) throws IOException {
        try (var files = Files.list(directory().resolve("instances"))) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                var address = Pattern.compile("\"grpc\"\\s*:\\s*\"([^\"]+)\"").matcher(text);
                if (text.contains("\"" + device + "\"") && address.find()) {
                    return address.group(1);
                }
            }
        }
        throw new AssertionError("no workload of " + device);
    }
}
