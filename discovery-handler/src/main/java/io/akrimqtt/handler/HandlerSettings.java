package io.akrimqtt.handler;

import io.akrimqtt.handler.akri.HandlerSocket;
import io.akrimqtt.handler.kubernetes.KubernetesSettings;
import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.ListenAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The handler's settings, from environment variables.
 *
 * @param directory the one that it shares with Akri's agent, absolute
 * @param name what Configurations call the handler
 * @param node the node's name in Kubernetes; part of the ids of MQTT clients, so that handlers of different nodes do not take each
 *     other's connection over
 * @param grpc where the API for people and tools listens
 * @param http where health and metrics listen
 * @param journal the file of what survives a restart; empty for none
 * @param kubernetes what it knows of the cluster that it is in
 * @param lifeline {@code stdin}, or empty
 */
record HandlerSettings(
        Path directory,
        String name,
        String node,
        ListenAddress grpc,
        ListenAddress http,
        Optional<Path> journal,
        KubernetesSettings kubernetes,
        String lifeline) {

    /** Printed by {@code --help}. */
    static final String HELP = """
            Akri discovery handler for MQTT devices.

            Settings are environment variables:
              DISCOVERY_HANDLERS_DIRECTORY  directory shared with Akri's agent, absolute; required
              AKRI_MQTT_HANDLER_NAME        name that Configurations use (default: mqtt)
              AKRI_MQTT_NODE_NAME           the node's name in Kubernetes, also part of MQTT client ids; in a pod needed for
                                            Kubernetes (default: the host's name)
              AKRI_MQTT_GRPC_LISTEN         devices, with state and evidence: host:port, unix:/path or off
                                            (default: 127.0.0.1:6051)
              AKRI_MQTT_GRPC_UNGUARDED      yes: listen for it beyond loopback; whoever gets there sees and moves devices
              AKRI_MQTT_HTTP_LISTEN         /livez, /readyz and /metrics: host:port or off (default: 127.0.0.1:8080)
              AKRI_MQTT_JOURNAL             file in which presence survives a restart, absolute, or off; on a disk of this machine
                                            (default: akri-mqtt-NAME.journal in DISCOVERY_HANDLERS_DIRECTORY)
              AKRI_MQTT_LOG_FORMAT          text or json (default: text)
              AKRI_MQTT_LOG_LEVEL           error, warn, info, debug or trace (default: info)
              AKRI_MQTT_LIFELINE            stdin: end when standard input ends
            """ + KubernetesSettings.HELP + """

            Options: --help, --version, --ready URL (asks the /readyz of another handler; 0 where it is ready, else 1)
            Exit codes: 0 ended by a signal or its lifeline, 1 a socket or port cannot be had, 2 bad settings or options
            """;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern NODE = Pattern.compile("[!-~]{1,253}");

    /**
     * Reads the settings; what is wrong is noted in the environment.
     *
     * @param host the host's name
     */
    static HandlerSettings read(Environment environment, String host) {
        return read(environment, host, KubernetesSettings.SERVICE_ACCOUNT);
    }

    /**
     * Reads the settings; what is wrong is noted in the environment.
     *
     * @param host the host's name
     * @param account the folder of the pod's service account
     */
    static HandlerSettings read(Environment environment, String host, Path account) {
        var directory = directory(environment);
        var name = environment.checked(
                "AKRI_MQTT_HANDLER_NAME",
                "mqtt",
                matches(NAME, "1 to 63 letters, digits, '.', '_' and '-'"),
                Function.identity());
        var node = environment.checked(
                "AKRI_MQTT_NODE_NAME",
                NODE.matcher(host).matches() ? host : "localhost",
                matches(NODE, "1 to 253 printable ASCII characters without spaces"),
                Function.identity());
        environment.word("AKRI_MQTT_LOG_FORMAT", "text", List.of("text", "json"));
        environment.logLevel();
        directory.ifPresent(path -> HandlerSocket.problems(path, name)
                .forEach(problem -> environment.problem(
                        "DISCOVERY_HANDLERS_DIRECTORY",
                        "'" + path + "' " + problem,
                        "the directory of agent-registration.sock, with a short path")));
        return new HandlerSettings(
                directory.orElse(Path.of("/")),
                name,
                node,
                grpc(environment),
                http(environment),
                journal(environment, directory, name),
                KubernetesSettings.read(environment, account),
                lifeline(environment));
    }

    private static Optional<Path> directory(Environment environment) {
        var expected = "the directory of agent-registration.sock, absolute, such as /var/lib/akri";
        var text = environment.required("DISCOVERY_HANDLERS_DIRECTORY", expected);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return absolute(environment, "DISCOVERY_HANDLERS_DIRECTORY", text, expected);
    }

    private static Optional<Path> absolute(Environment environment, String variable, String text, String expected) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return Optional.of(path.normalize());
            }
        } catch (InvalidPathException _) {
            // Told below.
        }
        environment.problem(variable, "'" + text + "' is no absolute path", expected);
        return Optional.empty();
    }

    private static Optional<Path> journal(Environment environment, Optional<Path> directory, String name) {
        var text = environment.optional("AKRI_MQTT_JOURNAL");
        if (text.isEmpty()) {
            return directory.map(path -> path.resolve("akri-mqtt-" + name + ".journal"));
        }
        if (text.get().equals("off")) {
            return Optional.empty();
        }
        return absolute(environment, "AKRI_MQTT_JOURNAL", text.get(), "an absolute path of a file, or off");
    }

    /** It asks nobody who calls, and takes no TLS: for this machine, unless somebody says otherwise. */
    private static ListenAddress grpc(Environment environment) {
        var address = environment.address("AKRI_MQTT_GRPC_LISTEN", "127.0.0.1:6051");
        var unguarded = environment.word("AKRI_MQTT_GRPC_UNGUARDED", "no", List.of("no", "yes"));
        if (!address.local() && unguarded.equals("no")) {
            environment.problem(
                    "AKRI_MQTT_GRPC_LISTEN",
                    "listens beyond loopback, where anybody could move devices",
                    "an address of loopback, unix:/path or off, or AKRI_MQTT_GRPC_UNGUARDED=yes");
        }
        return address;
    }

    private static ListenAddress http(Environment environment) {
        var address = environment.address("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:8080");
        if (address instanceof ListenAddress.UnixSocket) {
            environment.problem("AKRI_MQTT_HTTP_LISTEN", "'" + address + "'", "host:port or off");
        }
        return address;
    }

    private static String lifeline(Environment environment) {
        return environment
                .optional(Lifeline.VARIABLE)
                .map(_ -> environment.word(Lifeline.VARIABLE, "stdin", List.of("stdin")))
                .orElse("");
    }

    private static Function<String, Optional<String>> matches(Pattern pattern, String expected) {
        return text -> pattern.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("is not accepted (expected: " + expected + ")");
    }
}
