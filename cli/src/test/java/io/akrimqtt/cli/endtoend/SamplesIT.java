package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.HiveMqServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each sample does what its README says. */
class SamplesIT {

    @TempDir
    Path folder;

    @Test
    void the_factorys_devices_talk_and_answer() throws Exception {
        try (var server = HiveMqServer.start();
                var devices = SampleDevices.start(server.url(), "press-1", "oven-1");
                var run = LocalRun.start(
                        folder.resolve("run"),
                        "--configuration",
                        Samples.configuration("factory", server.url(), folder).toString())) {
            run.awaitEvent("workload.running", "press-1").awaitEvent("workload.running", "oven-1");

            var identify = Cli.run(
                    "invoke", "press-1", "identify", "--dir", run.directory().toString());
            var unknown =
                    Cli.run("invoke", "press-1", "fly", "--dir", run.directory().toString());

            assertThat(identify.exitCode()).as("%s", identify).isZero();
            assertThat(unknown.exitCode()).as("%s", unknown).isNotZero();
            assertThat(unknown.output()).contains("404");
            assertThat(devices).isNotNull();
        }
    }

    @Test
    void the_proposals_short_form_finds_its_devices_by_their_activity_alone() throws Exception {
        try (var server = HiveMqServer.start();
                var devices = SampleDevices.start(server.url(), "proposal", new String[0]);
                var run = LocalRun.start(
                        folder.resolve("run"),
                        "--configuration",
                        Samples.configuration("proposal", server.url(), folder).toString())) {
            run.awaitEvent("workload.running", "Device23920").awaitEvent("workload.running", "device2032");
            assertThat(devices).isNotNull();
        }
    }
}
