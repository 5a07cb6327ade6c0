package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.testing.MosquittoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of each part while {@code local} runs: the right picture comes back, and nothing else is restarted. */
class KillsIT {

    private static final String[] DEVICES = {"press-1", "oven-1", "robot-1"};

    @TempDir
    Path folder;

    private MosquittoServer server;
    private SampleDevices living;
    private SampleDevices mortal;
    private LocalRun run;

    @BeforeEach
    void three_devices_have_their_workloads() throws Exception {
        server = MosquittoServer.start();
        living = SampleDevices.start(server.url(), "press-1", "oven-1");
        mortal = SampleDevices.start(server.url(), "robot-1");
        run = LocalRun.start(
                folder.resolve("run"),
                "--configuration",
                Samples.configuration("factory", server.url(), folder).toString());
        for (var device : DEVICES) {
            run.awaitEvent("workload.running", device);
        }
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        mortal.close();
        living.close();
        server.close();
    }

    @Test
    void of_a_device_takes_its_workload_and_no_other() throws Exception {
        var before = workloads();

        mortal.kill();

        run.awaitEvent("device.offline", "robot-1").awaitEvent("workload.gone", "robot-1");
        assertThat(workloads())
                .containsEntry("press-1", before.get("press-1"))
                .containsEntry("oven-1", before.get("oven-1"));
    }

    @Test
    void of_a_monitoring_broker_brings_it_back_and_touches_no_other() {
        var before = workloads();

        ProcessHandle.of(run.workloadOf("oven-1")).orElseThrow().destroyForcibly();

        run.awaitEvents("workload.running", "oven-1", 2);
        assertThat(workloads())
                .containsEntry("press-1", before.get("press-1"))
                .containsEntry("robot-1", before.get("robot-1"))
                .doesNotContainEntry("oven-1", before.get("oven-1"));
        assertThat(run.events("device.offline", "oven-1")).isEmpty();
    }

    @Test
    void of_the_discovery_handler_deletes_nothing_and_restarts_no_workload() throws Exception {
        var before = workloads();
        var handler = run.handler();

        handler.destroyForcibly();

        await().atMost(LocalRun.PATIENCE)
                .ignoreException(NoSuchElementException.class)
                .untilAsserted(() -> assertThat(run.handler().pid()).isNotEqualTo(handler.pid()));
        // What comes after it went through the agent's fresh request, in which Akri alone deletes everything.
        try (var _ = SampleDevices.start(server.url(), "press-2")) {
            run.awaitEvent("workload.running", "press-2");
        }
        await().atMost(LocalRun.PATIENCE)
                .untilAsserted(() -> assertThat(Cli.devices(run.directory()))
                        .filteredOn(device -> List.of(DEVICES).contains(device.get("device")))
                        .hasSize(3)
                        .allSatisfy(device -> assertThat(device)
                                .containsEntry("presence", "online")
                                .containsEntry("workload", "running")));
        assertThat(workloads()).containsAllEntriesOf(before);
        for (var device : DEVICES) {
            assertThat(run.events("instance.deleted", device)).isEmpty();
            assertThat(run.events("workload.gone", device)).isEmpty();
            // It may be ready again and again where the machine is busy, but it is started once.
            assertThat(run.events("workload.starting", device)).hasSize(1);
        }
    }

    @Test
    void of_the_mqtt_server_restarts_no_workload() throws Exception {
        var before = workloads();

        server.kill();
        server.restart();

        await().atMost(LocalRun.PATIENCE)
                .untilAsserted(() -> assertThat(Cli.devices(run.directory()))
                        .hasSize(3)
                        .allSatisfy(device -> assertThat(device)
                                .containsEntry("presence", "online")
                                .containsEntry("workload", "running")));
        // The device may be the last one to come back, and be online meanwhile by what was known of it.
        await().atMost(LocalRun.PATIENCE).untilAsserted(() -> {
            var invoked = Cli.run(
                    "invoke", "press-1", "status", "--dir", run.directory().toString());
            assertThat(invoked.exitCode()).as("%s", invoked).isZero();
        });
        assertThat(workloads()).isEqualTo(before);
        for (var device : DEVICES) {
            assertThat(run.events("workload.gone", device)).isEmpty();
        }
    }

    @Test
    void of_the_cli_itself_leaves_no_process_behind() {
        var children = run.process().descendants().toList();
        assertThat(children).hasSizeGreaterThanOrEqualTo(4);

        run.process().destroyForcibly();

        await().atMost(LocalRun.PATIENCE)
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    private Map<String, Long> workloads() {
        var workloads = new TreeMap<String, Long>();
        for (var device : Cli.devices(run.directory())) {
            var pid = device.getOrDefault("pid", "");
            if (!pid.isEmpty()) {
                workloads.put(device.getOrDefault("device", ""), Long.parseLong(pid));
            }
        }
        return workloads;
    }
}
