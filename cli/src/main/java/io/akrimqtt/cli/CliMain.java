package io.akrimqtt.cli;

import io.akrimqtt.cli.command.Cli;
import io.akrimqtt.cli.command.CliContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/** {@code akri-mqtt}: hands the command line, and what surrounds it, to the commands. Prints UTF-8 whatever the locale says. */
public final class CliMain {

    private CliMain() {}

    /** Exits with the command's exit code. */
    public static void main(String[] arguments) {
        var home = System.getProperty("akrimqtt.home");
        var context = new CliContext(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.getenv(),
                terminal(),
                InstantSource.system(),
                ZoneId.systemDefault(),
                home == null ? null : Path.of(home),
                Boolean.getBoolean("akrimqtt.plugin"));
        System.exit(Cli.run(context, arguments));
    }

    @SuppressWarnings("SystemConsoleNull") // It is null again, since 25, where there is no terminal.
    private static boolean terminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
