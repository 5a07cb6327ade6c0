package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.serving.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the handler knows of the cluster that it is in.
 *
 * @param access how the API server is reached, or why it is not
 * @param namespace of our headless Service
 * @param service its name, by whose ready endpoints the handlers of other nodes are known; empty for none
 * @param placement which nodes report a device
 * @param takeover how long the handler of a Ready node may be away before its devices are taken over
 * @param notice what the reader of the log should know of all this; empty for nothing
 */
public record KubernetesSettings(
        Access access, String namespace, String service, Placement placement, Duration takeover, String notice) {

    /** Printed by {@code --help}. */
    public static final String HELP = """
              AKRI_MQTT_KUBERNETES          auto, required or off: whether the handler looks after its Instances in Kubernetes
                                            (default: auto: where KUBECONFIG or a service account is there, else every node
                                            reports every device); ~/.kube/config is never used
              AKRI_MQTT_PLACEMENT           oneNode or everyNode: which nodes report a device (default: oneNode with
                                            Kubernetes and AKRI_MQTT_SERVICE, else everyNode)
              AKRI_MQTT_TAKEOVER            how long a node's handler may be away before others take its devices over
                                            (default: 5m)
              AKRI_MQTT_SERVICE             headless Service of the handlers, whose ready endpoints tell which nodes have one
              AKRI_MQTT_NAMESPACE           its namespace (default: that of the service account or of the kubeconfig)
              KUBECONFIG                    one file that tells how to reach the API server (default: the service account)
            """;

    /** Where a pod finds its service account. */
    public static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final String MODE = "AKRI_MQTT_KUBERNETES";
    private static final String PLACEMENT = "AKRI_MQTT_PLACEMENT";
    private static final String SERVICE = "AKRI_MQTT_SERVICE";
    private static final String NODE = "AKRI_MQTT_NODE_NAME";
    private static final String DNS = "1 to 63 lower-case letters, digits and '-'";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** How the API server is reached. */
    public sealed interface Access {
        /** Not at all. */
        record None(String why) implements Access {}

        /** As a kubeconfig file says. */
        record Kubeconfig(Path file) implements Access {}

        /** As a pod, with the token and the certificate of its service account, both read anew when they change. */
        record InCluster(String host, String port, Path account) implements Access {}
    }

    /**
     * Reads the settings; what is wrong is noted in the environment.
     *
     * @param account the folder of the service account, {@link #SERVICE_ACCOUNT} but in tests
     */
    public static KubernetesSettings read(Environment environment, Path account) {
        var mode = environment.word(MODE, "auto", List.of("auto", "required", "off"));
        var access = mode.equals("off") ? new Access.None(MODE + " is off") : find(environment, account);
        access = withNode(environment, access);
        if (mode.equals("required") && access instanceof Access.None(var why)) {
            environment.problem(MODE, "is required, but " + why, "KUBECONFIG, or a pod with a service account");
        }
        var namespace = environment.checked(
                "AKRI_MQTT_NAMESPACE", ClientFactory.namespace(access), matches(LABEL, DNS), Function.identity());
        var service = environment
                .optional(SERVICE)
                .map(_ -> environment.checked(SERVICE, "", matches(LABEL, DNS), Function.identity()))
                .orElse("");
        var takeover = environment.duration("AKRI_MQTT_TAKEOVER", "5m", Duration.ofSeconds(1), Duration.ofHours(24));
        return placed(
                environment, new KubernetesSettings(access, namespace, service, Placement.EVERY_NODE, takeover, ""));
    }

    private static Access find(Environment environment, Path account) {
        var kubeconfig = environment.optional("KUBECONFIG");
        if (kubeconfig.isPresent()) {
            return kubeconfig(environment, kubeconfig.get());
        }
        var host = environment.optional("KUBERNETES_SERVICE_HOST");
        if (host.isEmpty()) {
            return new Access.None("neither KUBECONFIG nor KUBERNETES_SERVICE_HOST is set");
        }
        if (!account.resolve("token").toFile().canRead()) {
            return new Access.None("there is no service account token at " + account.resolve("token"));
        }
        return new Access.InCluster(host.get(), environment.text("KUBERNETES_SERVICE_PORT", "443"), account);
    }

    private static Access kubeconfig(Environment environment, String text) {
        var expected = "one kubeconfig file that can be read";
        var file = Path.of(text.indexOf('\0') < 0 ? text : "/");
        if (!file.toFile().isFile() || !file.toFile().canRead()) {
            environment.problem("KUBECONFIG", "'" + text + "' is no file that can be read", expected);
            return new Access.None("KUBECONFIG is wrong");
        }
        var access = new Access.Kubeconfig(file);
        var wrong = ClientFactory.problem(access);
        wrong.ifPresent(reason -> environment.problem("KUBECONFIG", "'" + text + "' " + reason, expected));
        return wrong.isPresent() ? new Access.None("KUBECONFIG is wrong") : access;
    }

    /** A pod's host name is the pod's, not the node's: with that the handler would look for a node that is not there. */
    private static Access withNode(Environment environment, Access found) {
        boolean named = environment.optional(NODE).isPresent();
        return found instanceof Access.InCluster && !named
                ? new Access.None(NODE + " is not set (spec.nodeName of the pod)")
                : found;
    }

    private static KubernetesSettings placed(Environment environment, KubernetesSettings settings) {
        var asked = environment.optional(PLACEMENT);
        var word = environment.word(PLACEMENT, "oneNode", List.of("oneNode", "everyNode"));
        boolean all = word.equals("everyNode");
        var without = settings.access() instanceof Access.None(var why) ? why : "";
        if (!without.isEmpty()) {
            var off = "without Kubernetes every node reports every device, and nothing is mended: " + without;
            return settings.with(Placement.EVERY_NODE, off);
        }
        if (all || !settings.service().isEmpty()) {
            return settings.with(all ? Placement.EVERY_NODE : Placement.ONE_NODE, "");
        }
        if (asked.isPresent()) {
            environment.problem(
                    SERVICE, "is not set", "the headless Service of the handlers, for " + PLACEMENT + "=oneNode");
        }
        return settings.with(
                Placement.EVERY_NODE,
                SERVICE + " is not set: handlers do not know of each other, so every node reports every device");
    }

    private KubernetesSettings with(Placement where, String text) {
        return new KubernetesSettings(access, namespace, service, where, takeover, text);
    }

    private static Function<String, Optional<String>> matches(Pattern pattern, String expected) {
        return text -> pattern.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("is not accepted (expected: " + expected + ")");
    }
}
