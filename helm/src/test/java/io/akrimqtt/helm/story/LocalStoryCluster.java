package io.akrimqtt.helm.story;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.node.ReferencedData;
import io.akrimqtt.cli.cluster.rest.ApiServer;
import io.akrimqtt.cli.cluster.rest.Identity;
import io.akrimqtt.cli.cluster.scenario.ClusterOptions;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.serving.MonotonicClock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The local cluster of the command line, in this process: its agents, kubelets and controller behave as the real ones, its pods are
 * records. Handlers reach its API server through a line of their own each, which can be cut.
 */
final class LocalStoryCluster implements Cluster {

    /** All waits of Akri and Kubernetes are multiplied by it. */
    private static final double SCALE = 0.05;

    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final Duration BLIP = Duration.ofSeconds(60);
    private static final Duration LATE = Duration.ofSeconds(1);

    private final Path folder;
    private final LocalCluster cluster;
    private final ApiServer server;
    private final KubernetesClient client;
    private final Endpoints endpoints;
    private final List<String> nodes;
    private final Map<String, FaultProxy> lines = new HashMap<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> secrets;

    private LocalStoryCluster(
            Path folder, ClusterOptions options, Map<String, Map<String, String>> secrets, MonotonicClock clock)
            throws IOException {
        this.folder = folder;
        this.nodes = options.nodes();
        this.secrets = secrets;
        this.cluster = LocalCluster.start(options, (_, event) -> told(event), clock);
        this.server = ApiServer.start(cluster.store(), clock);
        var admin = folder.resolve("admin");
        server.writeKubeconfig(admin, Identity.ADMIN);
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(admin)))
                .build();
        this.endpoints = new Endpoints(client);
        var target = ServerUrl.parse("mqtt://127.0.0.1:" + server.url().getPort());
        nodes.forEach(node -> lines.put(node, FaultProxy.before(target)));
    }

    /** Starts one with so many nodes. */
    static LocalStoryCluster start(int nodes) throws IOException {
        // Sockets' paths have to be short.
        var folder = Files.createTempDirectory("story");
        var secrets = new ConcurrentHashMap<String, Map<String, String>>();
        var options = ClusterOptions.of(folder, nodes, false, SCALE).withData(reference -> read(secrets, reference));
        return new LocalStoryCluster(folder, options, secrets, MonotonicClock.start(InstantSource.system()));
    }

    private static Optional<byte[]> read(Map<String, Map<String, String>> secrets, ReferencedData.Reference reference) {
        return reference.kind().equals("Secret") && reference.namespace().equals(Stage.NAMESPACE)
                ? Optional.ofNullable(
                                secrets.getOrDefault(reference.name(), Map.of()).get(reference.key()))
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    @Override
    public String title() {
        return "local cluster, %d nodes, workloads are records, waits of Akri and Kubernetes times %s"
                .formatted(nodes.size(), SCALE);
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    private static Duration scaled(Duration time) {
        return Duration.ofMillis(Math.round(time.toMillis() * SCALE));
    }

    @Override
    public Duration noticed() {
        return scaled(GRACE).plus(LATE);
    }

    private void told(AgentEvent event) {
        if (event instanceof AgentEvent.DiscoverStarted(var _, var address)) {
            taken.add(address);
        }
    }

    @Override
    public OptionalLong streamsTaken(String node) {
        var sockets = cluster.sockets(node) + "/";
        return OptionalLong.of(
                taken.stream().filter(address -> address.startsWith(sockets)).count());
    }

    @Override
    public void guard(boolean on) {
        cluster.guard(on);
    }

    @Override
    public void secret(String name, Map<String, String> values) {
        secrets.put(name, Map.copyOf(values));
    }

    @Override
    public Process start(String node, Map<String, String> environment, List<String> command, Path log)
            throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().putAll(environment);
        process.environment().put("KUBECONFIG", kubeconfig(node).toString());
        process.environment().put("AKRI_MQTT_SERVICE", Endpoints.SERVICE);
        process.environment().put("AKRI_MQTT_NAMESPACE", Stage.NAMESPACE);
        process.environment().put("AKRI_MQTT_LIFELINE", "stdin");
        return process.start();
    }

    /** With a token that is bound to the node, over the node's own line. */
    private Path kubeconfig(String node) throws IOException {
        var file = folder.resolve("handler-" + node);
        server.writeKubeconfig(file, new Identity(LocalCluster.HANDLER_USER, node));
        var text = Files.readString(file);
        Files.writeString(
                file,
                text.replace(
                        server.url().toString(),
                        "https://127.0.0.1:" + line(node).url().port()));
        return file;
    }

    private FaultProxy line(String node) {
        return Optional.ofNullable(lines.get(node)).orElseThrow();
    }

    @Override
    public Path handlers(String node) {
        return cluster.sockets(node);
    }

    @Override
    public Path handlersHere(String node) {
        return cluster.sockets(node);
    }

    @Override
    public void handlerReady(String node, boolean ready) {
        endpoints.ready(node, ready);
    }

    /** What may fail for lack of a socket. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void done(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void killAgent(String node) {
        done(() -> cluster.killAgent(node));
    }

    @Override
    public void startAgent(String node) {
        done(() -> cluster.startAgent(node));
    }

    @Override
    public void lose(String node) {
        done(() -> cluster.loseNode(node));
    }

    @Override
    public void giveBack(String node) {
        done(() -> cluster.returnNode(node));
    }

    @Override
    public void blip(String node) {
        line(node).cut();
        cluster.blip(node, BLIP);
        Stage.pass(scaled(BLIP));
        line(node).heal();
    }

    @Override
    public void api(boolean there) {
        cluster.apiAway(!there);
        lines.values().forEach(there ? FaultProxy::heal : FaultProxy::cut);
    }

    @Override
    public long writes() {
        return cluster.tally().allWrites();
    }

    @Override
    public void close() {
        client.close();
        lines.values().forEach(FaultProxy::close);
        server.close();
        cluster.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
