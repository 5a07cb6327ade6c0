package io.akrimqtt.helm.real;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Devices of the factory sample, in a process of their own. */
record Simulator(Process process) implements AutoCloseable {

    static Simulator start(Path folder, ServerUrl server, String... devices) throws IOException {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.akrimqtt.samples.SimulatorMain",
                "--server",
                server.toString(),
                "--sample",
                "factory"));
        for (var device : devices) {
            words.addAll(List.of("--device", device));
        }
        return new Simulator(new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("simulator-" + devices[0] + ".log").toFile())
                .start());
    }

    /** Ends it without a word, as a power failure does: its Last Wills are all that comes. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
