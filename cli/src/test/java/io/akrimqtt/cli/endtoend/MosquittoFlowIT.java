package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.testing.MosquittoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with a Mosquitto that is already running, and devices made of its command-line clients alone. */
class MosquittoFlowIT {

    @TempDir
    Path folder;

    @Test
    void devices_of_plain_mosquitto_clients_get_workloads_answer_commands_and_go_with_their_last_will()
            throws Exception {
        try (var server = MosquittoServer.start();
                var devices = new MosquittoDevices(server.url().port());
                var run = LocalRun.start(
                        folder.resolve("run"),
                        "--configuration",
                        configuration(server.url().toString()).toString())) {
            devices.answerer("plant/lamp-1");
            var press = devices.sensor("plant/press-1");
            run.awaitEvent("device.online", "lamp-1").awaitEvent("device.online", "press-1");
            run.awaitEvent("workload.running", "lamp-1").awaitEvent("workload.running", "press-1");

            // One of its processes says that it is there, and another one takes commands.
            await().atMost(LocalRun.PATIENCE).untilAsserted(() -> {
                var invoked = Cli.run(
                        "invoke",
                        "lamp-1",
                        "blink",
                        "twice",
                        "--dir",
                        run.directory().toString());
                assertThat(invoked.exitCode()).as("%s", invoked).isZero();
                assertThat(invoked.output()).contains("did twice");
            });

            press.kill();

            run.awaitEvent("device.offline", "press-1").awaitEvent("workload.gone", "press-1");
            assertThat(run.events("device.offline", "lamp-1")).isEmpty();
            assertThat(run.events("workload.gone", "lamp-1")).isEmpty();
        }
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
                      topics: [plant/+/temp]
                      commands:
                        topic: "{device}/cmd/{request}/{command}"
                        response: "{device}/res/{request}/{status}"
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
