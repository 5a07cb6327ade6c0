package io.akrimqtt.helm.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.AkriKinds;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A cluster, an MQTT server, its devices and a handler on each node; what happens on it becomes rows. */
final class Stage implements AutoCloseable {

    static final String NAMESPACE = "akri-mqtt-story";
    private static final String NAME = "plant";
    private static final Duration STABLE = Duration.ofSeconds(2);

    /** To look at one event alone. */
    private static final String ONLY = System.getProperty("story.only", "");

    final Cluster cluster;
    final MosquittoServer server;
    final FaultProxy line;
    final Map<String, Handler> handlers = new HashMap<>();
    final Set<String> living = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private final List<Row> rows;
    private final Plan plan;
    private final Fleet fleet;
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Watch watch;
    private Census before = Census.NOTHING;

    /**
     * How the story is told.
     *
     * @param guard whether the guard is in force
     * @param workloads how many each device is to have
     * @param settings of the handlers
     * @param logs where the handlers' go
     * @param patience how long rest is waited for at most
     */
    record Plan(boolean guard, int workloads, Map<String, String> settings, Path logs, Duration patience) {}

    /** @param rows where they go as they come */
    Stage(Cluster cluster, Plan plan, List<Row> rows) {
        this.cluster = cluster;
        this.rows = rows;
        this.plan = plan;
        cluster.guard(plan.guard());
        this.server = MosquittoServer.options()
                .user("handler", "one")
                .user("spare", "two")
                .user("fleet", "f")
                .start();
        this.line = FaultProxy.before(server.url());
        this.fleet = new Fleet(server.url(), Credentials.of("fleet", "f".getBytes(StandardCharsets.UTF_8)));
        this.watch = cluster.client()
                .genericKubernetesResources(AkriKinds.INSTANCES)
                .inNamespace(NAMESPACE)
                .watch(new Deletions());
    }

    /** Handlers on all nodes, a Configuration and these devices; returns at rest. */
    void begin(List<String> devices) throws IOException {
        secret("handler", "one");
        handlers(cluster.nodes());
        configure(text -> text);
        come(devices);
        before = rest();
    }

    private final class Deletions implements Watcher<GenericKubernetesResource> {
        @Override
        public void eventReceived(Action action, GenericKubernetesResource instance) {
            boolean leaves = action == Action.DELETED || instance.getMetadata().getDeletionTimestamp() != null;
            if (leaves && instance.get("spec", "brokerProperties", "MQTT_DEVICE_ID") instanceof String device) {
                gone.add(device);
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // What it would have told shows in the UIDs.
        }
    }

    void handler(String node) throws IOException {
        handlers(List.of(node));
    }

    /** Starts handlers; returns when all are ready. */
    void handlers(List<String> nodes) throws IOException {
        for (var node : nodes) {
            handlers.put(node, Handler.start(cluster, node, plan.logs(), plan.settings()));
        }
        for (var node : nodes) {
            running(node).ready();
        }
    }

    /** Ends the handler of a node without a word. */
    void killHandler(String node) {
        running(node).kill();
    }

    Handler running(String node) {
        return Objects.requireNonNull(handlers.get(node), node);
    }

    boolean guarded() {
        return plan.guard();
    }

    void come(List<String> devices) {
        living.addAll(devices);
        fleet.say(devices, "online");
    }

    void leave(List<String> devices) {
        excluded(devices);
        fleet.say(devices, "offline");
    }

    /** Devices that are not to have anything any more, though they say that they are there. */
    void excluded(List<String> devices) {
        living.removeAll(devices);
        left.addAll(devices);
    }

    void secret(String user, String password) {
        cluster.secret("mqtt", Map.of("username", user, "password", password));
    }

    /** Applies the Configuration; the edit is one of its text. */
    void configure(UnaryOperator<String> edit) {
        var text = edit.apply(read().replace("SERVER", line.url().toString())
                .replace("capacity: 1", "capacity: " + plan.workloads()));
        cluster.client()
                .load(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(each -> cluster.client()
                        .resource(each)
                        .inNamespace(NAMESPACE)
                        .forceConflicts()
                        .serverSideApply());
    }

    private static String read() {
        try (var stream = Stage.class.getResourceAsStream("/story/configuration.yaml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Census census() {
        return Census.of(cluster.client(), NAMESPACE);
    }

    /** Waits until everything that lives has what it should, and stays so. */
    Census rest() {
        Awaitility.await()
                .atMost(plan.patience())
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptionsMatching(e -> !(e instanceof AssertionError))
                .during(STABLE)
                .untilAsserted(() -> assertThat(census().unrest(living, plan.workloads(), plan.guard()))
                        .isEmpty());
        return census();
    }

    /** Lets something happen to nodes and waits for rest. */
    void happens(String event, Row.Harm harm, List<String> nodes, Event what) throws IOException {
        if (!event.contains(ONLY)) {
            return;
        }
        gone.clear();
        left.clear();
        long writes = cluster.writes();
        var begin = Instant.now();
        what.run();
        var after = rest();
        var took = Duration.between(begin, Instant.now()).minus(STABLE);
        var stayed = living.stream()
                .filter(each -> before.instances().containsKey(each) && !left.contains(each))
                .collect(Collectors.toSet());
        long instances = stayed.stream()
                .filter(each -> gone.contains(each) || changed(after.instances(), before.instances(), each))
                .count();
        long pods = stayed.stream()
                .filter(each -> changed(after.running(), before.running(), each))
                .count();
        var row = new Row(
                event, harm, (int) before.on(nodes), (int) instances, (int) pods, cluster.writes() - writes, took);
        rows.add(row);
        before = after;
        System.out.println("story: " + row);
    }

    /** The node with most devices. */
    String busiest() {
        return cluster.nodes().stream()
                .max(Comparator.comparingLong(node -> before.on(List.of(node))))
                .orElseThrow();
    }

    private static <V> boolean changed(Map<String, V> after, Map<String, V> before, String device) {
        return !Objects.equals(after.get(device), before.get(device));
    }

    /** Something that happens. */
    @FunctionalInterface
    interface Event {
        void run() throws IOException;
    }

    /** Lets time pass. */
    static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    /** Takes the Configuration away; returns when nothing of it is left. */
    void end() {
        var configurations = cluster.client()
                .genericKubernetesResources(AkriKinds.CONFIGURATIONS)
                .inNamespace(NAMESPACE);
        configurations.withName(NAME).delete();
        Awaitility.await()
                .atMost(plan.patience())
                .ignoreExceptions()
                .until(() -> census().instances().isEmpty()
                        && configurations.list().getItems().isEmpty());
    }

    @Override
    public void close() {
        watch.close();
        handlers.values().forEach(Handler::killUnseen);
        line.close();
        server.close();
    }
}
