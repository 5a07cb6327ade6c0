package io.akrimqtt.cli.local;

import io.akrimqtt.cli.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the programs are: folders of jars below a home, as the build leaves them.
 *
 * @param java the Java that runs them: the one that runs this
 * @param handler the discovery handler's jars
 * @param monitor the monitoring broker's jars
 * @param simulator the simulated devices' jars
 */
public record Programs(Path java, Path handler, Path monitor, Path simulator) {

    /** The discovery handler's main class. */
    static final String HANDLER_MAIN = "io.akrimqtt.handler.HandlerMain";

    private static final String MONITOR_MAIN = "io.akrimqtt.monitor.MonitorMain";

    /** The simulated devices' main class. */
    static final String SIMULATOR_MAIN = "io.akrimqtt.samples.SimulatorMain";

    /**
     * Looks for them.
     *
     * @param home the repository's root, or null where nobody told
     * @throws LocalRunException where something is missing; it says what to do
     */
    public static Programs find(@Nullable Path home) throws LocalRunException {
        if (home == null) {
            throw new LocalRunException("the programs' folder is not known (expected: -Dakrimqtt.home=FOLDER, which the"
                    + " launcher ./akri-mqtt sets)");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var programs = new Programs(
                java, app(home, "discovery-handler"), app(home, "monitoring-broker"), app(home, "samples"));
        for (var folder : List.of(programs.handler, programs.monitor, programs.simulator)) {
            if (!Files.isDirectory(folder)) {
                throw new LocalRunException("no programs in " + folder
                        + " (expected: what the build makes; ./akri-mqtt builds it, or mvn package)");
            }
        }
        return programs;
    }

    /** How a workload is started: as the launcher's training run has left it, else as the build has. */
    Launch workload() {
        var trained = monitor.resolveSibling("trained").resolve("options");
        return Launch.trained(trained, monitor).orElseGet(() -> Launch.ofFolder(monitor, MONITOR_MAIN));
    }

    private static Path app(Path home, String module) {
        return home.resolve(module).resolve("target").resolve("app");
    }
}
