package io.akrimqtt.cli.cluster.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Informer;
import io.akrimqtt.cli.cluster.node.Pods;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Akri's controller. Events of Instances, pods and nodes are handled one after the other; what the API server was away for is done
 * later. Thread-safe.
 */
public final class Controller implements AutoCloseable {

    /** The service account of Akri's controller in the namespace {@code akri}. */
    public static final String USER = "system:serviceaccount:akri:akri-controller-sa";

    /** With the field manager that the API server writes for a client that names none. */
    private static final Caller CALLER = new Caller(USER, "", "unknown", false);

    private static final Duration RETRY = Duration.ofMillis(100);

    private final ObjectStore store;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final List<Informer> informers = new ArrayList<>();
    private final NodeWatch nodes = new NodeWatch();
    private final Map<String, Map<String, ObjectNode>> podsOf = new HashMap<>();
    private final Map<String, String> phases = new HashMap<>();

    private Controller(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("akri-controller").factory());
    }

    /**
     * Begins with what is there.
     *
     * @param lag how late it learns of changes at least
     */
    public static Controller start(ObjectStore store, Duration lag, InstantSource clock) {
        var controller = new Controller(store, clock);
        controller.watch(Resource.POD, lag, controller::pod);
        controller.watch(Resource.NODE, lag, controller::node);
        controller.watch(Resource.INSTANCE, lag, controller::instance);
        return controller;
    }

    private void watch(Resource resource, Duration lag, Consumer<Changed> handler) {
        informers.add(Informer.start(store, resource, lag, changed -> post(() -> handler.accept(changed))));
    }

    private void post(Runnable task) {
        try {
            thread.execute(() -> tried(task));
        } catch (RejectedExecutionException _) {
            // Closed meanwhile.
        }
    }

    private void tried(Runnable task) {
        try {
            task.run();
        } catch (ApiException e) {
            if (e.code() == 503) {
                var _ = thread.schedule(() -> tried(task), RETRY.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    // Instances

    private void instance(Changed changed) {
        handle(changed.object(), changed.change() == Change.DELETED);
    }

    private void handle(ObjectNode instance, boolean gone) {
        var nodesOf = new ArrayList<String>();
        instance.path("spec").path("nodes").forEach(node -> nodesOf.add(node.asText()));
        var plan = PodActions.plan(gone, nodesOf, pods(instance, nodesOf), clock.instant());
        plan.delete().forEach(this::delete);
        if (!plan.create().isEmpty()) {
            template(instance)
                    .ifPresent(template ->
                            plan.create().forEach(node -> create(PodObjects.pod(instance, node, template))));
        }
    }

    /** All pods that name the Instance, read afresh. */
    private List<ObjectNode> pods(ObjectNode instance, List<String> nodesOf) {
        var keys = new LinkedHashSet<List<String>>();
        var known = podsOf.getOrDefault(Pods.name(instance), Map.of());
        known.values().forEach(pod -> keys.add(List.of(Pods.namespace(pod), Pods.name(pod))));
        nodesOf.forEach(node -> keys.add(List.of(Pods.namespace(instance), PodObjects.name(instance, node))));
        var pods = new ArrayList<ObjectNode>();
        for (var key : keys) {
            try {
                pods.add(store.get(Resource.POD, key.getFirst(), key.getLast()));
            } catch (ApiException e) {
                rethrowUnless(404, e);
            }
        }
        return pods;
    }

    private Optional<JsonNode> template(ObjectNode instance) {
        try {
            var configuration = store.get(
                    Resource.CONFIGURATION,
                    Pods.namespace(instance),
                    instance.path("spec").path("configurationName").asText());
            var template = configuration.path("spec").path("brokerSpec").path("brokerPodSpec");
            return template.isObject() ? Optional.of(template) : Optional.empty();
        } catch (ApiException e) {
            rethrowUnless(404, e);
            return Optional.empty();
        }
    }

    private void create(ObjectNode pod) {
        try {
            store.create(Resource.POD, Pods.namespace(pod), pod, CALLER);
        } catch (ApiException e) {
            // One of that name, even a terminating one, counts as made.
            rethrowUnless(409, e);
        }
    }

    private void delete(ObjectNode pod) {
        if (Pods.terminating(pod)) {
            return;
        }
        try {
            store.delete(Resource.POD, Pods.namespace(pod), Pods.name(pod), uid(pod), "", CALLER);
        } catch (ApiException e) {
            if (e.code() != 409) {
                rethrowUnless(404, e);
            }
        }
    }

    private static void rethrowUnless(int code, ApiException e) {
        if (e.code() != code) {
            throw e;
        }
    }

    // Pods

    private void pod(Changed changed) {
        var pod = changed.object();
        var instance = Pods.label(pod, Pods.INSTANCE);
        if (instance.isEmpty()) {
            return;
        }
        var known = podsOf.computeIfAbsent(instance, _ -> new HashMap<>());
        var phase = changed.change() == Change.DELETED ? "Deleted" : Pods.phase(pod);
        if (changed.change() == Change.DELETED) {
            known.remove(uid(pod));
        } else {
            known.put(uid(pod), pod);
        }
        var before = phases.put(Pods.namespace(pod) + "/" + Pods.name(pod) + "/" + uid(pod), phase);
        boolean ended = phase.equals("Deleted") || phase.equals("Failed") || phase.equals("Succeeded");
        if (ended && !phase.equals(before)) {
            ended(pod, instance);
        }
        if (phase.equals("Deleted")) {
            phases.remove(Pods.namespace(pod) + "/" + Pods.name(pod) + "/" + uid(pod));
        }
    }

    private void ended(ObjectNode pod, String instance) {
        try {
            handle(store.get(Resource.INSTANCE, Pods.namespace(pod), instance), false);
        } catch (ApiException e) {
            rethrowUnless(404, e);
        }
    }

    // Nodes

    private void node(Changed changed) {
        if (!nodes.lost(changed.change(), changed.object())) {
            return;
        }
        var lost = Pods.name(changed.object());
        for (var instance : store.list(Resource.INSTANCE, "").items()) {
            try {
                store.mergePatch(
                        Resource.INSTANCE,
                        Pods.namespace(instance),
                        Pods.name(instance),
                        NodeWatch.patch(instance, lost),
                        CALLER);
            } catch (ApiException e) {
                rethrowUnless(404, e);
            }
        }
        nodes.cleaned(changed.object());
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    @Override
    public void close() {
        informers.forEach(Informer::close);
        thread.shutdownNow();
    }
}
