package io.akrimqtt.cli.local;

import io.akrimqtt.cli.process.Launch;
import io.akrimqtt.cli.process.Program;
import io.akrimqtt.cli.process.ProgramListener;
import io.akrimqtt.cli.process.RestartTiming;
import io.akrimqtt.cli.process.Supervisor;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.samples.Machine;
import io.akrimqtt.samples.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The simulated devices, in two processes: those that live, and the one that will die without a word. A killed process comes
 * back, with its devices, after 20 s. Thread-safe.
 */
final class Devices implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 128;

    /** The devices of a killed process come back after this. */
    private static final RestartTiming ABSENCE =
            new RestartTiming(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO);

    private final Supervisor living;
    private final @Nullable Supervisor mortal;

    private Devices(Supervisor living, @Nullable Supervisor mortal) {
        this.living = living;
        this.mortal = mortal;
    }

    /** The names of the first devices. */
    static List<String> names(int count) {
        return count == 0
                ? List.of()
                : Sample.FACTORY.devices(count).stream().map(Machine::name).toList();
    }

    /** Starts them. */
    static Devices start(int count, ServerUrl server, Path folder, Path logs, ProgramListener listener) {
        var names = names(count);
        Optional<String> dies = DemoStory.mortal(names);
        var others = names.stream()
                .filter(name -> dies.filter(name::equals).isEmpty())
                .toList();
        var living =
                Supervisor.start(program("simulator", others, server, folder, logs), RestartTiming.DEFAULT, listener);
        var mortal = dies.map(name ->
                Supervisor.start(program("simulator-" + name, List.of(name), server, folder, logs), ABSENCE, listener));
        return new Devices(living, mortal.orElse(null));
    }

    private static Program program(String name, List<String> devices, ServerUrl server, Path folder, Path logs) {
        var arguments = new ArrayList<>(List.of("--server", server.toString(), "--sample", Sample.FACTORY.folder()));
        devices.forEach(device -> arguments.addAll(List.of("--device", device)));
        return new Program(
                name,
                Launch.ofFolder(folder, Programs.SIMULATOR_MAIN),
                arguments,
                Map.of("AKRI_MQTT_LIFELINE", "stdin"),
                HEAP_MEGABYTES,
                logs.resolve(name + ".log"));
    }

    /** Kills the device that dies: no goodbye, its Last Will is all that comes. */
    void kill() {
        if (mortal != null) {
            mortal.pid().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    /** Ends them, with their goodbyes. */
    @Override
    public void close() {
        if (mortal != null) {
            mortal.close();
        }
        living.close();
    }
}
