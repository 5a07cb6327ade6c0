package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.cluster.rest.ApiServer;
import io.akrimqtt.cli.cluster.rest.Identity;
import io.akrimqtt.cli.cluster.store.InMemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CLI under the name by which kubectl calls it. */
class PluginTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    private Console.Result run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var context = new CliContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(
                        "HOME",
                        folder.toString(),
                        "KUBECONFIG",
                        folder.resolve("kubeconfig").toString()),
                false,
                InstantSource.fixed(NOW),
                ZoneId.of("UTC"),
                null,
                true);
        int exitCode = Cli.run(context, arguments);
        return new Console.Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void it_has_the_commands_about_devices_and_says_by_which_name_it_was_called() {
        var help = run("--help").out();

        assertThat(help)
                .contains("kubectl akri-mqtt", "get", "watch", "invoke", "explain", "rebalance")
                .doesNotContain("local run", "replay");
        assertThat(run("invoke", "--help").out())
                .contains("kubectl akri-mqtt invoke", "--namespace", "--context", "--kubeconfig")
                .contains("The cluster cannot be used")
                .doesNotContain("--dir", "local run");
        assertThat(run("rebalance", "--help").out())
                .contains("--dry-run", "--most", "--kubeconfig")
                .doesNotContain("--handler", "--dir", "local run");
        assertThat(run("local").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("rebalance", "--most", "0").err()).contains("--most: '0' (expected: 1 or more)");
    }

    @Test
    void a_cluster_that_nobody_named_is_an_error_of_its_own() {
        var result = run("get", "devices");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NO_RUN);
        assertThat(result.err()).contains("kubeconfig", "cannot be read", "--kubeconfig");
    }

    @Test
    void one_namespace_or_all() {
        var result = run("get", "devices", "-A", "-n", "plant");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--namespace and --all-namespaces (expected: one of them)");
    }

    @Test
    void an_empty_cluster_has_no_devices_and_a_device_that_is_not_there_is_not_found() throws IOException {
        try (var store = InMemoryObjectStore.start(() -> NOW);
                var server = ApiServer.start(store, () -> NOW)) {
            server.writeKubeconfig(folder.resolve("kubeconfig"), Identity.ADMIN);

            var devices = run("get", "devices");
            assertThat(devices.exitCode()).as(devices.err()).isZero();
            assertThat(devices.out()).startsWith("DEVICE   PRESENCE");
            assertThat(devices.err()).startsWith("akri-mqtt: nothing is known of presence: no discovery handler");

            assertThat(run("invoke", "press", "identify").exitCode()).isEqualTo(ExitCode.NO_DEVICE);
            assertThat(run("explain", "press").exitCode()).isEqualTo(ExitCode.NO_RUN);
            assertThat(run("rebalance").exitCode()).isEqualTo(ExitCode.NO_RUN);
        }
    }

    @Test
    void an_api_server_that_is_away_is_told_with_its_address() throws IOException {
        try (var store = InMemoryObjectStore.start(() -> NOW)) {
            var server = ApiServer.start(store, () -> NOW);
            server.writeKubeconfig(folder.resolve("kubeconfig"), Identity.ADMIN);
            server.close();

            var result = run("get", "devices");

            assertThat(result.exitCode()).isEqualTo(ExitCode.NO_RUN);
            assertThat(result.err())
                    .contains("the API server at https://127.0.0.1:")
                    .contains("does not answer");
        }
    }
}
