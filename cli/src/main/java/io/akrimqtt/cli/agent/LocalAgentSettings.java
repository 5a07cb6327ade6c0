package io.akrimqtt.cli.agent;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a local agent is started with.
 *
 * @param directory where {@code agent-registration.sock} is made; must exist
 * @param nodeName the node's name; part of the names of Instances of devices that are not shared
 */
public record LocalAgentSettings(Path directory, String nodeName, Timing timing) {

    /**
     * What takes an agent time.
     *
     * @param firstRetry how long the first retry of a Configuration or a device plugin waits; each further one waits twice as long,
     *     without end
     * @param plugin how long it takes to start one device plugin; one is started after the other
     * @param requeue after which a Configuration is looked at although nothing happened
     */
    public record Timing(Duration firstRetry, Duration plugin, Duration requeue) {

        /** Akri's own. */
        public static final Timing AKRI = scaled(1);

        /** Checks the parts. */
        public Timing {
            if (firstRetry.isNegative() || firstRetry.isZero()) {
                throw new IllegalArgumentException("first retry: " + firstRetry + " (expected: > 0)");
            }
            if (plugin.isNegative()) {
                throw new IllegalArgumentException("device plugin: " + plugin + " (expected: >= 0)");
            }
        }

        /** Akri's own with all waits multiplied by a factor, which is 1 or, in tests, less. */
        public static Timing scaled(double factor) {
            return new Timing(seconds(factor), seconds(factor), seconds(600 * factor));
        }

        private static Duration seconds(double seconds) {
            return Duration.ofNanos(Math.round(seconds * 1e9));
        }
    }

    /** The name of the registration socket's file, Akri's own. */
    public static final String SOCKET = "agent-registration.sock";

    /** Checks the name. */
    public LocalAgentSettings {
        if (nodeName.isEmpty()) {
            throw new IllegalArgumentException("node name: '' (expected: a name)");
        }
    }

    /** Akri's own timing. */
    public LocalAgentSettings(Path directory, String nodeName) {
        this(directory, nodeName, Timing.AKRI);
    }

    /** Another first retry than Akri's. */
    public LocalAgentSettings(Path directory, String nodeName, Duration firstRetry) {
        this(directory, nodeName, new Timing(firstRetry, Timing.AKRI.plugin(), Timing.AKRI.requeue()));
    }

    /** Where discovery handlers register. */
    public Path socket() {
        return directory.resolve(SOCKET);
    }
}
