package io.akrimqtt.helm.story;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A discovery handler as a real process of one node. */
final class Handler {

    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            Path.of(System.getProperty("story.handler"), "*").toString(),
            "io.akrimqtt.handler.HandlerMain");

    private static final Duration START = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final String node;
    private final Path log;
    private final Process process;

    private Handler(Cluster cluster, String node, Path log, Process process) {
        this.cluster = cluster;
        this.node = node;
        this.log = log;
        this.process = process;
    }

    /** Starts one. */
    static Handler start(Cluster cluster, String node, Path logs, Map<String, String> settings) throws IOException {
        var log = Files.createTempFile(logs, "handler-" + node + "-", ".log");
        var environment = new TreeMap<>(settings);
        environment.put("DISCOVERY_HANDLERS_DIRECTORY", cluster.handlers(node).toString());
        environment.put("AKRI_MQTT_NODE_NAME", node);
        environment.put("AKRI_MQTT_GRPC_LISTEN", "off");
        environment.put("AKRI_MQTT_HTTP_LISTEN", "off");
        return new Handler(cluster, node, log, cluster.start(node, environment, JVM, log));
    }

    /** Returns when it is ready, which Kubernetes is told. */
    Handler ready() throws IOException {
        Awaitility.await().atMost(START).until(() -> arrived() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the handler of " + node + " ended: " + Files.readString(log));
        }
        cluster.handlerReady(node, true);
        return this;
    }

    private boolean arrived() throws IOException {
        // It may be in the middle of a character.
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).contains("akri's agent has the first lists");
    }

    /** Without a word. */
    void kill() {
        killUnseen();
        cluster.handlerReady(node, false);
    }

    /** As {@link #kill}, while Kubernetes cannot be told. */
    void killUnseen() {
        all().forEach(ProcessHandle::destroyForcibly);
        gone();
    }

    /** As the kubelet ends a pod; where another one of the node goes on, the node keeps a ready handler. */
    void terminateReplaced() {
        all().reversed().stream().limit(1).forEach(ProcessHandle::destroy);
        gone();
    }

    /** What started it, and itself last. */
    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private void gone() {
        all().forEach(each -> each.onExit().join());
    }
}
