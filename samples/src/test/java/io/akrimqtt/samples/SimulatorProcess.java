package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The simulator as a process of its own, as users run it. Thread-safe. */
final class SimulatorProcess implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private SimulatorProcess(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().name("simulator-output").start(this::read);
    }

    static SimulatorProcess start(ServerUrl server, String... arguments) {
        var all = new ArrayList<>(List.of("--server", server.toString()));
        all.addAll(List.of(arguments));
        return start(Map.of(), all);
    }

    static SimulatorProcess start(Map<String, String> environment, List<String> arguments) {
        var command =
                new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(SimulatorMain.class.getName());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new SimulatorProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException _) {
            // The process was killed while a line was on its way.
        }
    }

    /** What it has printed so far, standard error included. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Ends it as a power failure does. */
    void kill() {
        process.destroyForcibly();
    }

    /** Asks it to stop, as {@code SIGTERM} does. Over the handle, since {@link Process#destroy} takes the output away, too. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends its standard input, as the death of its parent does. */
    void abandon() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for its end and for its last line. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the simulator does not end; it printed " + lines);
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
