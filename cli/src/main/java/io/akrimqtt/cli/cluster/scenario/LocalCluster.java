package io.akrimqtt.cli.cluster.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentListener;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.controller.Controller;
import io.akrimqtt.cli.cluster.guard.Guard;
import io.akrimqtt.cli.cluster.node.ApiCounts;
import io.akrimqtt.cli.cluster.node.ClusterNode;
import io.akrimqtt.cli.cluster.node.NodeSettings;
import io.akrimqtt.cli.cluster.node.SwitchedStore;
import io.akrimqtt.cli.cluster.store.InMemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * API server, Akri's controller, and nodes with kubelets and agents, all in this process; and what can befall them. Discovery
 * handlers register at each node's socket and are told by hooks when their node dies. The verbs are for one thread at a time.
 */
public final class LocalCluster implements AutoCloseable {

    /** The user name of our handler, in the namespace {@code akri-mqtt}. */
    public static final String HANDLER_USER = "system:serviceaccount:akri-mqtt:akri-mqtt-discovery-handler";

    /** How long Kubernetes waits for a kubelet before its node counts as lost. */
    private static final Duration GRACE = Duration.ofSeconds(40);

    private final ClusterOptions options;
    private final InstantSource clock;
    private final InMemoryObjectStore objects;
    private final ApiCounts counts = new ApiCounts();
    private final SwitchedStore store;
    private final Guard guard;
    private final Controller controller;
    private final Observation observation;
    private final Map<String, ClusterNode> nodes = new LinkedHashMap<>();
    private final Map<String, ScheduledFuture<?>> losing = new LinkedHashMap<>();
    private final ScheduledExecutorService timers;
    private HandlerHooks handlers = HandlerHooks.NONE;

    private LocalCluster(ClusterOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.objects = InMemoryObjectStore.start(clock);
        this.store = SwitchedStore.counting(objects, counts);
        this.guard = new Guard(HANDLER_USER, options.guard());
        this.store.admission(guard);
        this.observation = new Observation(objects, counts);
        this.controller = Controller.start(store, options.lag(), clock);
        this.timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("control-plane").factory());
    }

    /**
     * Starts all of it.
     *
     * @param listener is told what every agent does
     * @param clock best one that never jumps
     * @throws IOException where an agent's socket cannot be made
     */
    public static LocalCluster start(ClusterOptions options, AgentListener listener, InstantSource clock)
            throws IOException {
        var cluster = new LocalCluster(options, clock);
        try {
            for (var name : options.nodes()) {
                cluster.join(name, listener);
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void join(String name, AgentListener listener) throws IOException {
        var sockets = Files.createDirectories(sockets(name));
        var settings = new NodeSettings(name, sockets, NodeSettings.AGENT_USER, options.scale(), options.lag());
        var around = new ClusterNode.Surroundings(store, options.data(), options.runtime(), listener, clock);
        nodes.put(name, ClusterNode.start(settings, around));
    }

    /** The API server as its clients see it: it can be away, and counts. */
    public ObjectStore store() {
        return store;
    }

    /** Where the node's handler registers and makes its own socket. */
    public Path sockets(String node) {
        int index = options.nodes().indexOf(node);
        return options.directory().resolve(Character.toString('a' + index));
    }

    /** Who is told of nodes that die and come back. */
    public void handlers(HandlerHooks hooks) {
        handlers = hooks;
    }

    /** Makes a Configuration, or edits it. */
    public void applyConfiguration(ObjectNode configuration) {
        var meta = configuration.path("metadata");
        store.apply(
                Resource.CONFIGURATION,
                meta.path("namespace").asText("default"),
                meta.path("name").asText(),
                configuration,
                true,
                Caller.ADMIN);
    }

    /** Deletes a Configuration. */
    public void deleteConfiguration(String namespace, String name) {
        store.delete(Resource.CONFIGURATION, namespace, name, "", "", Caller.ADMIN);
    }

    /** Puts an annotation on an object, with a new value each time. */
    public void annotate(Resource resource, String namespace, String name) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .putObject("annotations")
                .put("touched", clock.instant().toString());
        store.mergePatch(resource, namespace, name, patch, Caller.ADMIN);
    }

    /** Puts the guard in force, or not. */
    public void guard(boolean inForce) {
        guard.set(inForce);
    }

    /** Takes the API server away from everybody, or brings it back. */
    public void apiAway(boolean away) {
        store.away(away);
    }

    private ClusterNode node(String name) {
        return Optional.ofNullable(nodes.get(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("node: '" + name + "' (expected: one of " + nodes.keySet() + ")"));
    }

    /** As of SIGKILL. */
    public void killAgent(String node) throws IOException {
        node(node).killAgent();
    }

    /** Starts an agent that knows nothing. */
    public void startAgent(String node) throws IOException {
        node(node).startAgent();
    }

    /** Kills kubelet, agent and handler of a node; it counts as lost 40 s later (scaled). Its pods are not looked after any more. */
    public void loseNode(String name) throws IOException {
        handlers.kill(name);
        node(name).killAgent();
        cutOff(name);
    }

    /** Brings a lost node back. */
    public void returnNode(String name) throws IOException {
        mend(name);
        node(name).startAgent();
        handlers.start(name);
    }

    /** Cuts kubelet and agent of a node off the API server for a while (scaled); both live on. Returns at once. */
    public void blip(String name, Duration duration) {
        cutOff(name);
        var _ = timers.schedule(() -> mend(name), scaled(duration), TimeUnit.NANOSECONDS);
    }

    private void cutOff(String name) {
        var node = node(name);
        node.cutOff(true);
        losing.put(name, timers.schedule(() -> node.ready("Unknown"), scaled(GRACE), TimeUnit.NANOSECONDS));
    }

    private void mend(String name) {
        var pending = losing.get(name);
        if (pending != null) {
            pending.cancel(false);
        }
        node(name).ready("True");
        node(name).cutOff(false);
    }

    private long scaled(Duration time) {
        return Math.round(time.toNanos() * options.scale());
    }

    /** What happened so far. */
    public Tally tally() {
        return observation.tally();
    }

    /** All writes so far, by identity, verb and kind. */
    public Map<ApiCounts.Sort, Long> writes() {
        return counts.all();
    }

    /** Whether the API says that a node is Ready. */
    public boolean ready(String node) {
        return objects.get(Resource.NODE, "", node)
                .at("/status/conditions/0/status")
                .asText()
                .equals("True");
    }

    /** What keeps the cluster from being at rest. */
    public List<String> unrest() {
        return Unrest.of(objects);
    }

    /**
     * Waits until for a while nothing happened to any Instance or pod and nothing is left to happen.
     *
     * @return when the last change was seen
     * @throws IllegalStateException with the reasons where patience ends
     */
    public Instant awaitRest(Duration quiet, Duration patience) throws InterruptedException {
        var end = clock.instant().plus(patience);
        var last = clock.instant();
        while (clock.instant().isBefore(end)) {
            if (observation.awaitNews(quiet)) {
                last = clock.instant();
            } else if (unrest().isEmpty()) {
                return last;
            }
        }
        throw new IllegalStateException("no rest within " + patience + ": " + shortened(unrest()));
    }

    /** As {@link #awaitRest}, whatever is left to happen. */
    public Instant awaitQuiet(Duration quiet, Duration patience) throws InterruptedException {
        var end = clock.instant().plus(patience);
        var last = clock.instant();
        while (clock.instant().isBefore(end)) {
            if (!observation.awaitNews(quiet)) {
                return last;
            }
            last = clock.instant();
        }
        throw new IllegalStateException("no quiet within " + patience);
    }

    private static String shortened(List<String> reasons) {
        return reasons.size() + " reasons, such as "
                + reasons.stream().limit(10).toList();
    }

    @Override
    public void close() {
        timers.shutdownNow();
        nodes.values().forEach(ClusterNode::close);
        controller.close();
        observation.close();
        objects.close();
    }
}
