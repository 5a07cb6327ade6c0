package io.akrimqtt.cli.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command.
 *
 * @param out for what was asked for
 * @param err for what went wrong
 * @param terminal whether standard input and output are a terminal
 * @param zone for the times that people read
 * @param home the folder with the programs, or null where nobody told
 * @param plugin whether kubectl has called, so that devices are in a cluster
 */
public record CliContext(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean terminal,
        InstantSource clock,
        ZoneId zone,
        @Nullable Path home,
        boolean plugin) {

    /** On a machine. */
    public CliContext(
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            boolean terminal,
            InstantSource clock,
            ZoneId zone,
            @Nullable Path home) {
        this(out, err, environment, terminal, clock, zone, home, false);
    }

    public CliContext {
        environment = Map.copyOf(environment);
    }

    /** Names nothing: the environment may hold secrets. */
    @Override
    public String toString() {
        return "CliContext";
    }
}
