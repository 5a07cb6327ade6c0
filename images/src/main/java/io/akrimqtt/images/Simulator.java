package io.akrimqtt.images;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One simulated device of the factory, as a process: it announces itself, measures, and answers commands. */
final class Simulator implements AutoCloseable {

    /** Its topic. */
    static final String DEVICE = "factory/forming/press-1";

    private final Process process;

    private Simulator(Process process) {
        this.process = process;
    }

    static Simulator start(ServerUrl server) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.akrimqtt.samples.SimulatorMain",
                "--server",
                server.toString(),
                "--sample",
                "factory",
                "--device",
                "press-1"));
        builder.environment().put("AKRI_MQTT_LIFELINE", "stdin");
        return new Simulator(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The device says goodbye and is gone. */
    void leave() {
        process.destroy();
    }

    @Override
    public void close() {
        leave();
    }
}
