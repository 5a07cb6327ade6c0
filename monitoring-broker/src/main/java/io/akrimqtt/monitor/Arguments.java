package io.akrimqtt.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the command line asks for; all settings come from the environment. */
sealed interface Arguments {

    /** Nothing: run. */
    record Run() implements Arguments {}

    /** Print a text and end well. */
    record Print(String text) implements Arguments {}

    /** Print what is wrong and end. */
    record Wrong(String text) implements Arguments {}

    static Arguments of(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new Run();
        }
        return switch (arguments.getFirst()) {
            case "--help", "-h" -> new Print(usage());
            case "--version" -> new Print("akri-mqtt monitoring broker " + version() + "\n");
            default ->
                new Wrong("argument: '" + arguments.getFirst()
                        + "' (expected: none, --help or --version; settings are environment variables)\n");
        };
    }

    private static String usage() {
        try (var usage = Objects.requireNonNull(Arguments.class.getResourceAsStream("usage.txt"), "usage.txt")) {
            return new String(usage.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own usage.txt", e);
        }
    }

    /** From the jar's manifest. */
    static String version() {
        var version = Arguments.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
