package io.akrimqtt.cli.command;

import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.serving.ClientTls;
import io.akrimqtt.serving.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** As whom to call a workload, and whom to trust. */
final class CallerOption {

    private static final int LARGEST_FILE = 1024 * 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tls", description = "TLS, and trust whom Java trusts.")
    private boolean tls;

    @Option(names = "--ca", paramLabel = "FILE", description = "TLS, and trust these certificates (PEM).")
    private @Nullable Path authorities;

    @Option(names = "--cert", paramLabel = "FILE", description = "TLS, and show this certificate (PEM).")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The private key of --cert (PEM, PKCS#8).")
    private @Nullable Path key;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "With TLS: what the workload's certificate names. Default: the host of the address.")
    private String serverName = "";

    boolean given() {
        return secured() || !serverName.isEmpty();
    }

    private boolean secured() {
        return tls || authorities != null || certificate != null || key != null;
    }

    /** As whom; with the token of the environment. */
    CallerIdentity read(CliContext context) {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(spec.commandLine(), "--cert, --key (expected: both or none)");
        }
        var environment = new Environment(context.environment());
        var token = environment.secret("AKRI_MQTT_TOKEN").orElse("").strip();
        if (!environment.problems().isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, String.join("\n", environment.problems()));
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CliFailure(ExitCode.USAGE, "AKRI_MQTT_TOKEN: is no token (expected: letters, digits, dots)");
        }
        return new CallerIdentity(
                secured()
                        ? new ClientTls(
                                read("--ca", authorities), read("--cert", certificate), read("--key", key), serverName)
                        : null,
                token);
    }

    private @Nullable String read(String option, @Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new CliFailure(
                        ExitCode.USAGE, option + ": " + file + " is too large (expected: PEM, at most 1 MiB)");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliFailure(ExitCode.USAGE, option + ": " + file + " cannot be read (expected: a file with PEM)");
        }
    }
}
