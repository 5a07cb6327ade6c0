package io.akrimqtt.cli.endtoend;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The CLI as a real process, from the folder of jars that the build made. */
final class Cli {

    /** What a command printed and how it ended. */
    record Result(int exitCode, String output, String errors) {}

    private Cli() {}

    static Path home() {
        return requireNonNull(Path.of("").toAbsolutePath().getParent());
    }

    static Process start(List<String> arguments) throws IOException {
        return start(arguments, Map.of());
    }

    /** With variables that are set beside those of this process. */
    static Process start(List<String> arguments, Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                "-Dakrimqtt.home=" + home(),
                "-Dlogback.configurationFile=cli-logback.xml",
                "-cp",
                home().resolve("cli/target/app") + "/*",
                "io.akrimqtt.cli.CliMain"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result run(String... arguments) {
        try {
            var process = start(List.of(arguments));
            process.getOutputStream().close();
            var errors = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> text(process.errorReader(StandardCharsets.UTF_8)));
            var output = text(process.inputReader(StandardCharsets.UTF_8));
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after 60 s: " + List.of(arguments));
            }
            return new Result(process.exitValue(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits a minute at most for a process to end. */
    static boolean ended(Process process) {
        try {
            return process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String text(java.io.BufferedReader reader) {
        try (reader) {
            return reader.readAllAsString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code get devices} tells of a run, one map of fields for each device. */
    static List<Map<String, String>> devices(Path directory) {
        return LocalRun.parseAll(run("get", "devices", "--dir", directory.toString(), "--output", "json")
                .output());
    }
}
