package io.akrimqtt.cli.agent;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a local agent is started with.
 *
 * @param directory where {@code agent-registration.sock} is made; must exist
 * @param nodeName the node's name; part of the names of Instances of devices that are not shared
 * @param firstRetry how long the first retry of a Configuration waits; each further one waits twice as long, without end. Akri's
 *     is one second
 */
public record LocalAgentSettings(Path directory, String nodeName, Duration firstRetry) {

    /** How long Akri's agent waits before its first retry. */
    public static final Duration AKRI_FIRST_RETRY = Duration.ofSeconds(1);

    /** The name of the registration socket's file, Akri's own. */
    public static final String SOCKET = "agent-registration.sock";

    /** Checks the parts. */
    public LocalAgentSettings {
        if (nodeName.isEmpty()) {
            throw new IllegalArgumentException("node name: '' (expected: a name)");
        }
        if (firstRetry.isNegative() || firstRetry.isZero()) {
            throw new IllegalArgumentException("first retry: " + firstRetry + " (expected: > 0)");
        }
    }

    /** Akri's own timing. */
    public LocalAgentSettings(Path directory, String nodeName) {
        this(directory, nodeName, AKRI_FIRST_RETRY);
    }

    /** Where discovery handlers register. */
    public Path socket() {
        return directory.resolve(SOCKET);
    }
}
