package io.akrimqtt.cli.cluster.scenario;

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
