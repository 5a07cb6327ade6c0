package io.akrimqtt.cli.endtoend;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Simulated devices of the samples in a process of their own. */
final class SampleDevices implements AutoCloseable {

    private final Process process;

    private SampleDevices(Process process) {
        this.process = process;
    }

    static SampleDevices start(ServerUrl url, String... devices) throws IOException {
        return start(url, "factory", devices);
    }

    static SampleDevices start(ServerUrl url, String sample, String[] devices) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Cli.home().resolve("samples/target/app") + "/*",
                "io.akrimqtt.samples.SimulatorMain",
                "--server",
                url.toString(),
                "--sample",
                sample));
        for (var device : devices) {
            command.addAll(List.of("--device", device));
        }
        return new SampleDevices(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Dies without a word. */
    void kill() {
        process.destroyForcibly();
        Cli.ended(process);
    }

    @Override
    public void close() {
        process.destroy();
        if (!Cli.ended(process)) {
            process.destroyForcibly();
        }
    }
}
