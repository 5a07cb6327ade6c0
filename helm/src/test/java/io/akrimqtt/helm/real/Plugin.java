package io.akrimqtt.helm.real;

import io.akrimqtt.cli.command.Cli;
import io.akrimqtt.cli.command.CliContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl akri-mqtt}, in this process. */
final class Plugin {

    private final String kubeconfig;
    private final String namespace;

    /** What it printed and how it ended. */
    record Said(int exitCode, String out, String err) {}

    Plugin(String kubeconfig, String namespace) {
        this.kubeconfig = kubeconfig;
        this.namespace = namespace;
    }

    /** Runs it to its end. */
    Said run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = run(new PrintStream(out, true, StandardCharsets.UTF_8), err, words);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs it until it is enough: it ends once nobody reads it any more, as in a pipe. */
    Said until(String enough, String... words) {
        var bytes = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var head = new PrintStream(bytes, true, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return super.checkError()
                        || bytes.toString(StandardCharsets.UTF_8).contains(enough);
            }
        };
        int code = run(head, err, words);
        return new Said(code, bytes.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private int run(PrintStream out, ByteArrayOutputStream err, String... words) {
        var context = new CliContext(
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("KUBECONFIG", kubeconfig, "HOME", "/nonexistent"),
                false,
                InstantSource.system(),
                ZoneId.of("UTC"),
                null,
                true);
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("-n", namespace));
        return Cli.run(context, line.toArray(String[]::new));
    }
}
