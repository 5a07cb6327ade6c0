package io.akrimqtt.cli.cluster.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Pods;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A local cluster with throwaway handlers, and short questions to it. */
final class Lab implements AutoCloseable {

    /** One second of Akri's and Kubernetes' takes 20 ms. */
    static final double SCALE = 0.02;

    final LocalCluster cluster;
    final Path directory;
    private final List<AgentEvent> events;
    private final Map<String, ListingHandler> handlers = new LinkedHashMap<>();
    private int questions;

    private Lab(Path directory, LocalCluster cluster, List<AgentEvent> events) {
        this.directory = directory;
        this.cluster = cluster;
        this.events = events;
    }

    static Lab start(int nodes, boolean guard) throws IOException {
        return start(nodes, guard, SCALE, options -> options);
    }

    static Lab start(int nodes, boolean guard, double scale, UnaryOperator<ClusterOptions> further) throws IOException {
        var directory = Files.createTempDirectory("lab");
        var events = new CopyOnWriteArrayList<AgentEvent>();
        var cluster = LocalCluster.start(
                further.apply(ClusterOptions.of(directory, nodes, guard, scale)),
                (_, event) -> events.add(event),
                MonotonicClock.start(InstantSource.system()));
        return new Lab(directory, cluster, events);
    }

    <T extends AgentEvent> List<T> told(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A handler of a node, under its own file name. */
    ListingHandler handler(String node, String... devices) throws IOException {
        return handlerAt(node, "h" + handlers.size(), devices);
    }

    ListingHandler handlerAt(String node, String file, String... devices) throws IOException {
        var handler = ListingHandler.start(cluster.sockets(node), file, devices);
        handlers.put(node + "/" + file, handler);
        return handler;
    }

    /** One that has not registered. */
    ListingHandler unregistered(String node, String file, String... devices) throws IOException {
        var handler = ListingHandler.unregistered(cluster.sockets(node), file, devices);
        handlers.put(node + "/" + file, handler);
        return handler;
    }

    void configuration() {
        cluster.applyConfiguration(configuration("c"));
    }

    static ObjectNode configuration(String name) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "akri.sh/v0").put("kind", "Configuration");
        object.putObject("metadata").put("name", name).put("namespace", "default");
        var spec = object.putObject("spec");
        spec.putObject("discoveryHandler").put("name", "mqtt").put("discoveryDetails", "details of " + name);
        spec.put("capacity", 1);
        var container = spec.putObject("brokerSpec")
                .putObject("brokerPodSpec")
                .putArray("containers")
                .addObject();
        container.put("name", "w").put("image", "none");
        container.putObject("resources").putObject("limits").put("{{PLACEHOLDER}}", "1");
        return object;
    }

    /** All Instances by device id; of two with one id, which is the case over namespaces only, the last. */
    Map<String, ObjectNode> instances() {
        var byDevice = new TreeMap<String, ObjectNode>();
        cluster.store()
                .list(Resource.INSTANCE, "")
                .items()
                .forEach(instance -> byDevice.put(
                        instance.path("spec")
                                .path("brokerProperties")
                                .path("MQTT_DEVICE_ID")
                                .asText(),
                        instance));
        return byDevice;
    }

    ObjectNode instance(String device) {
        return Optional.ofNullable(instances().get(device))
                .orElseThrow(() -> new AssertionError("no Instance of " + device));
    }

    static List<String> nodes(ObjectNode instance) {
        var nodes = new ArrayList<String>();
        instance.path("spec").path("nodes").forEach(node -> nodes.add(node.asText()));
        return nodes;
    }

    static String usage(ObjectNode instance) {
        return instance.path("spec").path("deviceUsage").toString();
    }

    static boolean terminating(ObjectNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** UIDs of all Instances, by device. */
    Map<String, String> uids() {
        var uids = new TreeMap<String, String>();
        instances().forEach((device, instance) -> uids.put(device, Pods.uid(instance)));
        return uids;
    }

    List<ObjectNode> pods() {
        return cluster.store().list(Resource.POD, "").items();
    }

    /** What a person does. */
    void deletePods() {
        pods().forEach(pod ->
                cluster.store().delete(Resource.POD, Pods.namespace(pod), Pods.name(pod), "", "", Caller.ADMIN));
    }

    /** UIDs of all pods that run. */
    List<String> running() {
        return pods().stream()
                .filter(pod -> Pods.phase(pod).equals("Running") && !Pods.terminating(pod))
                .map(Pods::uid)
                .sorted()
                .toList();
    }

    /** The node's extended resources that can be had. */
    List<String> allocatable(String node) {
        var names = new ArrayList<String>();
        cluster.store()
                .get(Resource.NODE, "", node)
                .path("status")
                .path("allocatable")
                .properties()
                .forEach(resource -> {
                    if (!resource.getValue().asText().equals("0")) {
                        names.add(resource.getKey());
                    }
                });
        return names;
    }

    /** Marks Instances as released for nodes, as our handler does. */
    void release(String device, String node) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("annotations").put("released.akri-mqtt.io/" + node, "now");
        patch(device, patch);
    }

    void patch(String device, ObjectNode patch) {
        var instance = instance(device);
        cluster.store()
                .mergePatch(
                        Resource.INSTANCE,
                        Pods.namespace(instance),
                        Pods.name(instance),
                        patch,
                        new Caller(LocalCluster.HANDLER_USER, "", "akri-mqtt", false));
    }

    /** Sets the finalizers of Instances; one that nobody here knows keeps them Terminating. */
    void finalizers(String[] devices, String... names) {
        var patch = JsonNodeFactory.instance.objectNode();
        var list = patch.putObject("metadata").putArray("finalizers");
        List.of(names).forEach(list::add);
        for (var device : devices) {
            patch(device, patch);
        }
    }

    /** Sets a slot, or with null takes its key away. */
    void slot(String device, @Nullable String holder) {
        var patch = JsonNodeFactory.instance.objectNode();
        var usage = patch.putObject("spec").putObject("deviceUsage");
        usage.put(Pods.name(instance(device)) + "-0", holder);
        patch(device, patch);
    }

    /**
     * Waits until the agents of these nodes have been told of all that has happened to Instances, and have dealt with it: each is
     * told in order, and takes its finalizer off an Instance that is not its node's.
     */
    void seenBy(String... nodes) {
        for (var node : nodes) {
            var name = "seen-by-" + node + "-" + questions++;
            var question = JsonNodeFactory.instance.objectNode();
            question.putObject("metadata").put("name", name);
            question.putObject("spec")
                    .put("configurationName", "none")
                    .put("cdiName", name)
                    .put("capacity", 1);
            cluster.store().create(Resource.INSTANCE, "default", question, Caller.ADMIN);
            var finalizer = JsonNodeFactory.instance.objectNode();
            finalizer.put("apiVersion", Resource.INSTANCE.apiVersion()).put("kind", Resource.INSTANCE.kind());
            finalizer
                    .putObject("metadata")
                    .put("name", name)
                    .putArray("finalizers")
                    .add(node);
            cluster.store().apply(Resource.INSTANCE, "default", name, finalizer, false, Caller.ADMIN.as(node + "-fin"));
            eventually(() -> assertThat(cluster.store()
                            .get(Resource.INSTANCE, "default", name)
                            .at("/metadata/finalizers"))
                    .isEmpty());
            cluster.store().delete(Resource.INSTANCE, "default", name, "", "", Caller.ADMIN);
        }
    }

    /** From now on nobody is told of any write, so that agents go by what they have seen, until it is closed. */
    Blindfold blindfold() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        var _ = cluster.store().watch(Resource.EVENT, "", "", _ -> {
            reached.countDown();
            // On the one thread that tells all watches.
            uninterrupted(over);
        });
        var event = JsonNodeFactory.instance.objectNode();
        event.putObject("metadata").put("generateName", "blindfold-");
        cluster.store().create(Resource.EVENT, "default", event, Caller.ADMIN);
        reached.await();
        return over::countDown;
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** See {@link #blindfold}. */
    @FunctionalInterface
    interface Blindfold extends AutoCloseable {
        @Override
        void close();
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .ignoreException(ApiException.class)
                .untilAsserted(assertion);
    }

    /** Nothing happens to any Instance or pod for half a second. */
    void atRest() throws InterruptedException {
        cluster.awaitRest(Duration.ofMillis(500), Duration.ofSeconds(60));
    }

    @Override
    public void close() throws IOException {
        handlers.values().forEach(ListingHandler::close);
        cluster.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
