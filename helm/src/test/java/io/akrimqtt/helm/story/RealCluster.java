package io.akrimqtt.helm.story;

import io.akrimqtt.messaging.testing.Patience;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A real Kubernetes with real Akri on this machine, driven by a command that takes its parts away and gives them back:
 * {@code agent|kubelet start|kill NODE}, {@code exec NODE COMMAND...}. {@code STORY_CLUSTER} names the command, {@code KUBECONFIG} the
 * cluster, {@code STORY_CLUSTER_DIR} the folder with a folder for each node (its {@code akri} is the handlers' directory) and with
 * {@code pid/apiserver}.
 */
final class RealCluster implements Cluster {

    private static final String NAMESPACE = Stage.NAMESPACE;
    private static final String ACCOUNT = "akri-mqtt-handler";
    private static final Pattern WRITES = Pattern.compile(
            "(?m)^apiserver_request_total\\{[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\"[^}]*} (\\S+)$");

    private final String command = System.getenv("STORY_CLUSTER");
    private final Path folder = Path.of(System.getenv("STORY_CLUSTER_DIR"));
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(read(Path.of(System.getenv("KUBECONFIG")))))
            .build();
    private final String policies;
    private final Path tokens;
    private final Endpoints endpoints = new Endpoints(client);

    /**
     * Prepares what a chart would bring.
     *
     * @param policies the admission policies as YAML, for the identities of this cluster
     */
    RealCluster(String policies, Path tokens) {
        this.policies = policies;
        this.tokens = tokens;
        load(resource("/story/identities.yaml"))
                .forEach(each -> client.resource(each).serverSideApply());
    }

    /** Why there is none, or empty. */
    static String missing() {
        return System.getenv("KUBECONFIG") == null || System.getenv("STORY_CLUSTER") == null
                ? "KUBECONFIG, STORY_CLUSTER and STORY_CLUSTER_DIR name no cluster whose parts can be taken away"
                : "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (var stream = RealCluster.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<io.fabric8.kubernetes.api.model.HasMetadata> load(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    @Override
    public String title() {
        return "Kubernetes " + client.getKubernetesVersion().getGitVersion() + ", real agents and kubelets";
    }

    @Override
    public List<String> nodes() {
        return client.nodes().list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .sorted()
                .toList();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Duration noticed() {
        return Duration.ofSeconds(60);
    }

    /** By the tool that people use: a typed model might leave out of a policy what it does not know. */
    @Override
    public void guard(boolean on) {
        var file = tokens.resolve("policies.yaml");
        try {
            Files.writeString(file, policies);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(
                on
                        ? List.of("kubectl", "apply", "-f", file.toString())
                        : List.of("kubectl", "delete", "--ignore-not-found", "-f", file.toString()));
    }

    @Override
    public void secret(String name, Map<String, String> values) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withStringData(values)
                .build();
        client.resource(secret).forceConflicts().serverSideApply();
    }

    @Override
    public Process start(String node, Map<String, String> environment, List<String> program, Path log)
            throws IOException {
        var words = new ArrayList<>(List.of(command, "exec", node, "env", "KUBECONFIG=" + kubeconfig(node)));
        words.add("AKRI_MQTT_SERVICE=" + Endpoints.SERVICE);
        words.add("AKRI_MQTT_NAMESPACE=" + NAMESPACE);
        environment.forEach((key, value) -> words.add(key + "=" + value));
        words.addAll(program);
        return process(words, log);
    }

    private static Process process(List<String> words, Path log) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** A token of our service account, bound to the node as a pod's would be. */
    private String kubeconfig(String node) throws IOException {
        var uid = client.nodes().withName(node).get().getMetadata().getUid();
        var token = run(List.of(
                        "kubectl",
                        "-n",
                        NAMESPACE,
                        "create",
                        "token",
                        ACCOUNT,
                        "--bound-object-kind",
                        "Node",
                        "--bound-object-name",
                        node,
                        "--bound-object-uid",
                        uid,
                        "--duration",
                        "8h"))
                .strip();
        var text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: real, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: handler, user: {token: "%s"}}]
                contexts: [{name: real, context: {cluster: real, user: handler}}]
                current-context: real
                """.formatted(client.getMasterUrl().toString(), token);
        var file = tokens.resolve("handler-" + node + ".kubeconfig");
        Files.writeString(file, text);
        return file.toString();
    }

    private static String run(List<String> words) {
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", words) + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public Path handlers(String node) {
        return Path.of("/var/lib/akri");
    }

    @Override
    public Path handlersHere(String node) {
        return folder.resolve(node).resolve("akri");
    }

    @Override
    public void handlerReady(String node, boolean is) {
        endpoints.ready(node, is);
    }

    @Override
    public void killAgent(String node) {
        run(List.of(command, "agent", "kill", node));
    }

    @Override
    public void startAgent(String node) {
        quietly("agent", node);
    }

    @Override
    public void lose(String node) {
        run(List.of(command, "kubelet", "kill", node));
        killAgent(node);
    }

    @Override
    public void giveBack(String node) {
        quietly("kubelet", node);
        quietly("agent", node);
    }

    /** Its children would hold our end of a pipe. */
    private void quietly(String part, String node) {
        try {
            new ProcessBuilder(command, part, "start", node)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its kubelet is away; agent and handler live on and reach the API server. */
    @Override
    public void blip(String node) {
        run(List.of(command, "kubelet", "kill", node));
        Stage.pass(Duration.ofSeconds(60));
        quietly("kubelet", node);
    }

    @Override
    public void api(boolean there) {
        var pid = read(folder.resolve("pid/apiserver")).strip();
        run(List.of("kill", there ? "-CONT" : "-STOP", pid));
    }

    @Override
    public long writes() {
        var matcher = WRITES.matcher(client.raw("/metrics"));
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return Math.round(sum);
    }

    @Override
    public void close() {
        guard(false);
        load(resource("/story/identities.yaml"))
                .reversed()
                .forEach(each -> client.resource(each).delete());
        // The next story begins in the same namespace.
        Patience.await().until(() -> client.namespaces().withName(NAMESPACE).get() == null);
        client.close();
    }
}
