package io.akrimqtt.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.kubernetes.KubernetesSettings;
import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerSettingsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    @Test
    void have_defaults_for_all_but_the_directory() {
        var environment = new Environment(Map.of("DISCOVERY_HANDLERS_DIRECTORY", directory.toString()));

        assertThat(HandlerSettings.read(environment, "node-1"))
                .isEqualTo(new HandlerSettings(
                        directory,
                        "mqtt",
                        "node-1",
                        new ListenAddress.Tcp("127.0.0.1", 6051),
                        new ListenAddress.Tcp("127.0.0.1", 8080),
                        Optional.of(directory.resolve("akri-mqtt-mqtt.journal")),
                        new KubernetesSettings(
                                new Access.None("neither KUBECONFIG nor KUBERNETES_SERVICE_HOST is set"),
                                "default",
                                "",
                                Placement.EVERY_NODE,
                                Duration.ofMinutes(5),
                                "without Kubernetes every node reports every device, and nothing is mended: neither"
                                        + " KUBECONFIG nor KUBERNETES_SERVICE_HOST is set"),
                        ""));
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void are_all_taken() {
        var environment = new Environment(Map.of(
                "DISCOVERY_HANDLERS_DIRECTORY", directory.toString(),
                "AKRI_MQTT_HANDLER_NAME", "mqtt-b",
                "AKRI_MQTT_NODE_NAME", "n",
                "AKRI_MQTT_GRPC_LISTEN", "unix:/tmp/x.sock",
                "AKRI_MQTT_HTTP_LISTEN", "off",
                "AKRI_MQTT_JOURNAL", "/tmp/x.journal",
                "AKRI_MQTT_KUBERNETES", "off",
                "AKRI_MQTT_TAKEOVER", "2m",
                "AKRI_MQTT_LIFELINE", "stdin"));

        assertThat(HandlerSettings.read(environment, "node-1"))
                .isEqualTo(new HandlerSettings(
                        directory,
                        "mqtt-b",
                        "n",
                        new ListenAddress.UnixSocket(Path.of("/tmp/x.sock")),
                        new ListenAddress.Off(),
                        Optional.of(Path.of("/tmp/x.journal")),
                        new KubernetesSettings(
                                new Access.None("AKRI_MQTT_KUBERNETES is off"),
                                "default",
                                "",
                                Placement.EVERY_NODE,
                                Duration.ofMinutes(2),
                                "without Kubernetes every node reports every device, and nothing is mended:"
                                        + " AKRI_MQTT_KUBERNETES is off"),
                        "stdin"));
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void tell_all_that_is_wrong_at_once() {
        var environment = new Environment(Map.of(
                "DISCOVERY_HANDLERS_DIRECTORY", directory.resolve("no").toString(),
                "AKRI_MQTT_HANDLER_NAME", "a/b",
                "AKRI_MQTT_NODE_NAME", "a b",
                "AKRI_MQTT_GRPC_LISTEN", "6051",
                "AKRI_MQTT_JOURNAL", "here",
                "AKRI_MQTT_HTTP_LISTEN", "unix:/tmp/x.sock",
                "AKRI_MQTT_LOG_FORMAT", "xml",
                "AKRI_MQTT_LOG_LEVEL", "loud",
                "AKRI_MQTT_LIFELINE", "rope"));

        HandlerSettings.read(environment, "node-1");

        assertThat(environment.problems())
                .containsExactlyInAnyOrder(
                        "AKRI_MQTT_HANDLER_NAME: 'a/b' is not accepted (expected: 1 to 63 letters, digits, '.', '_' and"
                                + " '-')",
                        "AKRI_MQTT_NODE_NAME: 'a b' is not accepted (expected: 1 to 253 printable ASCII characters"
                                + " without spaces)",
                        "AKRI_MQTT_LOG_FORMAT: 'xml' is not known (expected: text, json)",
                        "AKRI_MQTT_LOG_LEVEL: 'loud' is not known (expected: error, warn, info, debug, trace)",
                        "DISCOVERY_HANDLERS_DIRECTORY: '" + directory.resolve("no") + "' is no directory (expected: the"
                                + " directory of agent-registration.sock, with a short path)",
                        "AKRI_MQTT_GRPC_LISTEN: '6051' is no address (expected: host:port, unix:/path or off)"
                                .replace("unix:/path", "unix:/absolute/path"),
                        "AKRI_MQTT_JOURNAL: 'here' is no absolute path (expected: an absolute path of a file, or off)",
                        "AKRI_MQTT_HTTP_LISTEN: 'unix:/tmp/x.sock' (expected: host:port or off)",
                        "AKRI_MQTT_LIFELINE: 'rope' is not known (expected: stdin)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:6051", "[::]:6051", "handler:6051"})
    void let_nobody_beyond_this_machine_in_unless_that_is_said(String address) {
        var variables = new HashMap<>(
                Map.of("DISCOVERY_HANDLERS_DIRECTORY", directory.toString(), "AKRI_MQTT_GRPC_LISTEN", address));
        var guarded = new Environment(variables);
        HandlerSettings.read(guarded, "node-1");
        variables.put("AKRI_MQTT_GRPC_UNGUARDED", "yes");
        var unguarded = new Environment(variables);
        HandlerSettings.read(unguarded, "node-1");

        assertThat(guarded.problems())
                .containsExactly("AKRI_MQTT_GRPC_LISTEN: listens beyond loopback, where anybody could move devices"
                        + " (expected: an address of loopback, unix:/path or off, or AKRI_MQTT_GRPC_UNGUARDED=yes)");
        assertThat(unguarded.problems()).isEmpty();
    }

    @Test
    void need_an_absolute_directory() {
        var missing = new Environment(Map.of());
        HandlerSettings.read(missing, "node-1");
        assertThat(missing.problems())
                .containsExactly("DISCOVERY_HANDLERS_DIRECTORY: is not set (expected: the directory of"
                        + " agent-registration.sock, absolute, such as /var/lib/akri)");

        var relative = new Environment(Map.of("DISCOVERY_HANDLERS_DIRECTORY", "akri"));
        HandlerSettings.read(relative, "node-1");
        assertThat(relative.problems())
                .containsExactly("DISCOVERY_HANDLERS_DIRECTORY: 'akri' is no absolute path (expected: the directory of"
                        + " agent-registration.sock, absolute, such as /var/lib/akri)");
    }
}
