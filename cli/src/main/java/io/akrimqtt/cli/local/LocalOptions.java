package io.akrimqtt.cli.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a local run is asked to do.
 *
 * @param configurations files for the local agent; none for the sample
 * @param devices how many simulated devices, 0 for none, or null where nobody said
 * @param duration when to stop, or null for never
 * @param mqttPort where the embedded MQTT server listens; 0 for any free port
 * @param directory for sockets, logs and state
 * @param node the name of the node that this machine plays; of several, what their names begin with
 * @param nodes how many nodes, from 1
 * @param guard whether the guard is in force, without which agents delete as they do in Akri alone
 */
public record LocalOptions(
        List<Path> configurations,
        @Nullable Integer devices,
        @Nullable Duration duration,
        int mqttPort,
        Path directory,
        String node,
        int nodes,
        boolean guard) {

    /** How many devices the demonstration has. */
    private static final int DEFAULT_DEVICES = 3;

    public LocalOptions {
        configurations = List.copyOf(configurations);
    }

    /** The names of all nodes; the first one's handler tells what is believed of devices. */
    List<String> nodeNames() {
        return nodes == 1
                ? List.of(node)
                : IntStream.rangeClosed(1, nodes).mapToObj(i -> node + "-" + i).toList();
    }

    /** Whether the sample Configuration is used. */
    boolean sample() {
        return configurations.isEmpty();
    }

    /** Whether the embedded MQTT server runs: not for people's own Configurations, unless devices are asked for. */
    boolean embeddedServer() {
        return sample() || (devices != null && devices > 0);
    }

    /** How many devices are simulated. */
    int simulated() {
        return devices != null ? devices : sample() ? DEFAULT_DEVICES : 0;
    }

    /** Whether the story is told: the demonstration without any wishes about its parts. */
    boolean story() {
        return sample() && simulated() > 0;
    }
}
