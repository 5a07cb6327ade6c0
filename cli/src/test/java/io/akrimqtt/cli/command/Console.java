package io.akrimqtt.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** Runs command lines in this process. */
final class Console {

    /** What a command printed and how it ended. */
    record Result(int exitCode, String out, String err) {}

    private Console() {}

    static Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    static Result run(Map<String, String> variables, String... arguments) {
        var environment = new HashMap<>(variables);
        environment.put("USER", "nobody-in-particular");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var context = new CliContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                false,
                InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
                ZoneId.of("UTC"),
                null);
        int exitCode = Cli.run(context, arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
