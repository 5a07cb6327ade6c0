package io.akrimqtt.cli.process;

import static io.akrimqtt.cli.process.Children.eventually;
import static io.akrimqtt.cli.process.Children.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    @TempDir
    Path directory;

    private final List<ProgramEvent> events = new CopyOnWriteArrayList<>();

    private Supervisor start(String behaviour) {
        return start(behaviour, Children.QUICK);
    }

    private Supervisor start(String behaviour, RestartTiming timing) {
        return Supervisor.start(program(directory, behaviour), timing, events::add);
    }

    /** The last words may come late when the machine is busy. */
    private void says(String... words) {
        eventually(() -> assertThat(directory.resolve("child.log")).content().contains(words));
    }

    private List<Long> pids() {
        return events.stream()
                .filter(ProgramEvent.Started.class::isInstance)
                .map(event -> ((ProgramEvent.Started) event).pid())
                .toList();
    }

    private List<ProgramEvent.Exited> exits() {
        return events.stream()
                .filter(ProgramEvent.Exited.class::isInstance)
                .map(ProgramEvent.Exited.class::cast)
                .toList();
    }

    @Test
    void starts_a_program_again_that_keeps_crashing_later_and_later() {
        // However long a run takes.
        var timing = new RestartTiming(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofHours(1));
        try (var _ = start("crash", timing)) {
            eventually(() -> assertThat(exits()).hasSizeGreaterThanOrEqualTo(4));
        }

        assertThat(exits())
                .extracting(ProgramEvent.Exited::restartIn)
                .startsWith(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(40));
        assertThat(exits()).extracting(ProgramEvent.Exited::exitCode).containsOnly(1);
    }

    @Test
    void starts_a_program_again_that_was_killed() {
        try (var _ = start("sit")) {
            eventually(() -> assertThat(pids()).hasSize(1));
            ProcessHandle.of(pids().getFirst()).orElseThrow().destroyForcibly();

            eventually(() -> assertThat(pids()).hasSize(2));
            assertThat(exits())
                    .singleElement()
                    .satisfies(exit -> assertThat(exit.exitCode()).isEqualTo(137));
        }
        assertThat(pids()).noneMatch(Children::alive);
    }

    @Test
    void says_that_settings_are_bad_and_keeps_the_programs_own_words() {
        try (var _ = Supervisor.start(program(directory, "bad settings"), RestartTiming.DEFAULT, events::add)) {
            eventually(() -> assertThat(exits()).singleElement().satisfies(exit -> {
                assertThat(exit.badSettings()).isTrue();
                assertThat(exit.restartIn()).isEqualTo(Duration.ofSeconds(10));
            }));
        }

        says("MQTT_TOPICS: missing");
    }

    @Test
    void bounds_what_it_keeps_of_a_program_that_talks_a_lot() throws IOException {
        var log = directory.resolve("child.log");
        var older = directory.resolve("child.log.1");
        try (var _ = start("chatter", Children.PATIENT)) {
            eventually(() -> assertThat(exits()).isNotEmpty());
            says("last words");
        }

        assertThat(Files.size(log)).isLessThanOrEqualTo(BoundedLog.MAX_BYTES);
        assertThat(Files.size(older)).isBetween(BoundedLog.MAX_BYTES - 9_000L, (long) BoundedLog.MAX_BYTES);
    }

    @Test
    void gives_a_program_what_it_was_told_to_and_next_to_nothing_else() {
        try (var _ = start("environment", Children.PATIENT)) {
            eventually(() -> assertThat(exits()).isNotEmpty());
            says("[argument]");
        }

        var allowed = List.of("CHILD", "AKRI_MQTT_LIFELINE", "MALLOC_ARENA_MAX", "PATH", "HOME", "LANG", "TMPDIR");
        assertThat(directory.resolve("child.log")).content().satisfies(text -> {
            assertThat(text).contains("CHILD=environment").contains("[argument]");
            assertThat(List.of(text.substring(1, text.indexOf('}')).split(", ")))
                    .allSatisfy(variable -> assertThat(allowed).contains(variable.substring(0, variable.indexOf('='))));
        });
    }

    @Test
    void lets_a_program_tidy_up_and_keeps_its_last_words() throws IOException {
        boolean inTime = false;
        for (int run = 0; run < 5 && !inTime; run++) {
            Files.deleteIfExists(directory.resolve("child.log"));
            var supervisor = start("tidy");
            says("ready");
            long start = System.nanoTime();
            supervisor.close();
            // One that a busy machine keeps from tidying up for 2 s is killed, and that is right.
            inTime = System.nanoTime() - start < Duration.ofMillis(1_900).toNanos();
        }

        says("tidied up");
    }

    @Test
    void kills_a_program_that_does_not_listen() {
        var supervisor = start("deaf");
        eventually(() -> assertThat(directory.resolve("child.log")).content().contains("deaf"));
        long start = System.nanoTime();

        supervisor.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(20));
        assertThat(pids()).hasSize(1).noneMatch(Children::alive);
        assertThat(exits()).isEmpty();
    }

    @Test
    void can_be_closed_at_any_moment() {
        for (int i = 0; i < 5; i++) {
            start("sit").close();
        }

        assertThat(pids()).noneMatch(Children::alive);
    }

    @Test
    void says_that_the_system_did_not_start_a_program() {
        var impossible = new Program(
                "child", Children.LAUNCH, List.of(), Map.of("BAD\0NAME", "x"), 32, directory.resolve("log"));

        try (var _ = Supervisor.start(impossible, Children.QUICK, events::add)) {
            eventually(() -> assertThat(events).first().isInstanceOf(ProgramEvent.NotStarted.class));
        }
    }

    @Test
    void a_child_is_gone_with_a_parent_that_was_killed() throws IOException, InterruptedException {
        var log = directory.resolve("grandchild.log");
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentMain.class.getName(),
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long child;
        try (var output = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            var line = output.readLine();
            assertThat(line).startsWith("pid ");
            child = Long.parseLong(line.substring("pid ".length()));
            assertThat(Children.alive(child)).isTrue();
        } finally {
            parent.destroyForcibly();
        }

        assertThat(parent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        eventually(() -> assertThat(Children.alive(child)).isFalse());
    }

    @Test
    void shows_no_secret_in_a_programs_text_form_or_arguments() {
        var program =
                new Program("child", Children.LAUNCH, List.of(), Map.of("MQTT_PASSWORD", "hunter2"), 32, directory);

        assertThat(program.toString()).doesNotContain("hunter2");
        assertThat(program.process().command()).noneMatch(argument -> argument.contains("hunter2"));
        assertThat(new WorkloadTemplate(Map.of("MQTT_PASSWORD", "hunter2")).toString())
                .doesNotContain("hunter2");
    }
}
