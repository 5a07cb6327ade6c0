package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.testing.MosquittoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines in place of devices: Mosquitto, its command-line clients, the handler, the local agent, and a workload for a line. */
class GroupFlowIT {

    @TempDir
    Path folder;

    @Test
    void a_line_has_one_workload_from_its_first_device_to_its_last() throws Exception {
        try (var server = MosquittoServer.start();
                var devices = new MosquittoDevices(server.url().port());
                var run = LocalRun.start(
                        folder.resolve("run"),
                        "--configuration",
                        configuration(server.url().toString()).toString())) {
            var press = devices.sensor("plant/l1/press");
            run.awaitEvent("device.online", "press").awaitEvent("workload.running", "l1");
            var saw = devices.sensor("plant/l1/saw");
            run.awaitEvent("device.online", "saw");

            await().atMost(LocalRun.PATIENCE)
                    .untilAsserted(() -> assertThat(Cli.run(
                                            "get",
                                            "devices",
                                            "--dir",
                                            run.directory().toString())
                                    .output())
                            .containsPattern("l1 +2 of 2 devices +online .* running")
                            .containsPattern("press +plant/l1 +online .* - "));
            assertThat(Cli.run("explain", "saw", "--dir", run.directory().toString())
                            .output())
                    .contains("group     plant/l1");
            var invoked =
                    Cli.run("invoke", "l1", "stop", "--dir", run.directory().toString());
            assertThat(invoked.exitCode()).as("%s", invoked).isEqualTo(5);
            commandOfAMember(run.directory().toString());

            press.kill();
            run.awaitEvent("device.offline", "press");
            assertThat(run.events("workload.gone", "l1")).isEmpty();
            saw.kill();
            run.awaitEvent("device.offline", "l1").awaitEvent("workload.gone", "l1");

            assertThat(run.events("instance.created", "l1")).hasSize(1);
            assertThat(run.events("instance.created", "press")).isEmpty();
            assertThat(run.events("workload.starting", "l1")).hasSize(1);
        }
    }

    /** Nobody listens to the command: it waits, until it is taken back. */
    private static void commandOfAMember(String directory) {
        var queued = LocalRun.parseAll(Cli.run(
                        "submit",
                        "l1",
                        "stop",
                        "--member",
                        "press",
                        "--timeout",
                        "30m",
                        "--dir",
                        directory,
                        "-o",
                        "json")
                .output());
        assertThat(queued.getLast()).containsEntry("member", "press").containsEntry("device", "l1");
        var id = queued.getLast().getOrDefault("commandId", "");
        assertThat(Cli.run("commands", "l1", "--open", "--dir", directory).output())
                .containsPattern(id + " +plant/l1/press +stop ");
        var cancelled = Cli.run("cancel", "l1", id, "--dir", directory);
        assertThat(cancelled.exitCode()).as("%s", cancelled).isZero();

        var itself = Cli.run("invoke", "press", "stop", "--dir", directory);
        assertThat(itself.exitCode()).isEqualTo(4);
        assertThat(itself.errors())
                .contains(
                        "the device 'press' has no workload of its own (expected: its group, plant/l1, for commands with"
                                + " --member plant/l1/press)");
    }

    private Path configuration(String url) throws Exception {
        return Files.writeString(folder.resolve("plant.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata:
                  name: plant
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: |
                      serverUrls: [%s]
                      topics: ["plant/{line}/{device}/temp"]
                      group: line
                      presence: {offlineGrace: 1s}
                      commands: {topic: "{device}/cmd/{command}"}
                  brokerSpec:
                    brokerPodSpec:
                      containers:
                        - name: monitoring-broker
                          image: akri-mqtt-monitoring-broker
                          resources:
                            limits:
                              "{{PLACEHOLDER}}": "1"
                """.formatted(url));
    }
}
