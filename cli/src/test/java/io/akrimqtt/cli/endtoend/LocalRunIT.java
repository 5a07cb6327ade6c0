package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code akri-mqtt local} without any wishes: the demonstration. */
class LocalRunIT {

    @TempDir
    Path folder;

    @Test
    void three_devices_get_workloads_one_answers_one_dies_and_its_workload_goes() throws Exception {
        try (var run = LocalRun.start(folder.resolve("run"), "--mqtt-port", "0", "--for", "10m")) {
            for (var device : new String[] {"press-1", "oven-1", "robot-1"}) {
                run.awaitEvent("device.online", device).awaitEvent("workload.running", device);
            }
            run.awaitEvent("command.finished", "press-1");
            assertThat(run.events("command.finished", "press-1").getFirst())
                    .containsEntry("state", "SUCCEEDED")
                    .containsEntry("payload", "{\"blinked\":3}");
            run.awaitEvent("device.offline", "robot-1").awaitEvent("workload.gone", "robot-1");
            assertThat(run.events("workload.gone", "robot-1").getFirst().get("instance"))
                    .isEqualTo(
                            run.events("device.offline", "robot-1").getFirst().get("instance"));
            run.awaitEvents("workload.running", "robot-1", 2);
            assertThat(run.events("device.offline", "press-1")).isEmpty();
            assertThat(run.events("workload.gone", "oven-1")).isEmpty();

            // Not the process' own method, which closes the pipe with the last words in it.
            run.process().toHandle().destroy();

            assertThat(run.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(run.process().exitValue()).isZero();
            await().atMost(LocalRun.PATIENCE)
                    .untilAsserted(() -> assertThat(run.events().getLast()).containsEntry("event", "run.stopped"));
        }
    }

    @Test
    void ends_by_itself_when_its_time_is_over() throws Exception {
        try (var run = LocalRun.start(folder.resolve("run"), "--mqtt-port", "0", "--devices", "none", "--for", "2s")) {
            assertThat(run.process().waitFor(LocalRun.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(run.process().exitValue()).isZero();
            assertThat(run.events()).noneMatch(event -> event.containsKey("device"));
        }
    }

    @Test
    void a_second_run_in_the_same_directory_is_refused() throws Exception {
        try (var run = LocalRun.start(folder.resolve("run"), "--mqtt-port", "0", "--devices", "none")) {
            await().atMost(LocalRun.PATIENCE)
                    .until(() -> run.events().stream().anyMatch(event -> "run.started".equals(event.get("event"))));

            var second = Cli.run("local", "--dir", run.directory().toString(), "--mqtt-port", "0");

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).contains("another 'akri-mqtt local' runs in " + run.directory());
        }
    }
}
