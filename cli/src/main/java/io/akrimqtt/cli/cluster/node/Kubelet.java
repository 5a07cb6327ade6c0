package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.Allocation;
import io.akrimqtt.cli.agent.PluginListener;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The kubelet of one node, with the scheduler's share of its work: a pod of this node runs once its device's plugin offers a slot and
 * lets it have it; refused, it fails with UnexpectedAdmissionError. One thread owns its state. Thread-safe.
 */
final class Kubelet implements PluginListener, AutoCloseable {

    /** From the wish to start a pod until its device is asked for. */
    private static final Duration ADMISSION = Duration.ofMillis(200);

    /** How late the node's resources follow the plugins. */
    private static final Duration STATUS = Duration.ofSeconds(1);

    /** How long a resource whose plugin ended stays on the node with a 0. */
    private static final Duration FORGET = Duration.ofMinutes(5);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Caller SCHEDULER = new Caller("system:kube-scheduler", "", "kube-scheduler", false);

    /** Where pods get their devices. */
    @FunctionalInterface
    interface Agents {
        void allocate(String instance, int slot, Consumer<Allocation> answer);
    }

    private final NodeSettings settings;
    private final ObjectStore store;
    private final Agents agents;
    private final PodRuntime runtime;
    private final InstantSource clock;
    private final Caller caller;
    private final ScheduledExecutorService thread;
    private final Informer informer;
    private final Offers offers = new Offers();
    private final Map<String, ObjectNode> pods = new LinkedHashMap<>();
    private final Set<String> admitted = new HashSet<>();
    private boolean reporting;

    private Kubelet(NodeSettings settings, ObjectStore store, Agents agents, PodRuntime runtime, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.agents = agents;
        this.runtime = runtime;
        this.clock = clock;
        this.caller = PodStatus.kubelet(settings.name());
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("kubelet-" + settings.name()).factory());
        this.informer = Informer.start(store, Resource.POD, settings.lag(), changed -> post(() -> pod(changed)));
    }

    static Kubelet start(
            NodeSettings settings, ObjectStore store, Agents agents, PodRuntime runtime, InstantSource clock) {
        return new Kubelet(settings, store, agents, runtime, clock);
    }

    private void post(Runnable task) {
        later(task, Duration.ZERO);
    }

    /** The API server may be away: then later. */
    private void later(Runnable task, Duration after) {
        try {
            var _ = thread.schedule(() -> tried(task), settings.scaled(after).toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // Closed meanwhile.
        }
    }

    private void tried(Runnable task) {
        try {
            task.run();
        } catch (ApiException e) {
            if (e.code() == 503) {
                later(task, RETRY);
            }
        }
    }

    @Override
    public void published(String instance, String configuration, List<Boolean> healthy) {
        post(() -> {
            offers.put(instance, configuration, healthy);
            report();
            pods.values().stream()
                    .filter(pod -> Pods.label(pod, Pods.INSTANCE).equals(instance))
                    .toList()
                    .forEach(this::look);
        });
    }

    @Override
    public void withdrawn(String instance) {
        post(() -> {
            offers.withdraw(instance);
            report();
            later(this::forget, FORGET);
        });
    }

    // Pods

    private void pod(Changed changed) {
        var pod = changed.object();
        if (!Pods.label(pod, Pods.NODE).equals(settings.name())) {
            return;
        }
        var uid = Pods.uid(pod);
        if (changed.change() == Change.DELETED) {
            pods.remove(uid);
            end(pod);
        } else {
            pods.put(uid, pod);
            look(pod);
        }
    }

    private void look(ObjectNode pod) {
        var uid = Pods.uid(pod);
        if (Pods.terminating(pod)) {
            end(pod);
            letGo(pod);
        } else if (Pods.phase(pod).equals("Failed")) {
            offers.free(uid);
            admitted.remove(uid);
        } else if (Pods.phase(pod).equals("Pending") && !admitted.contains(uid)) {
            admit(pod);
        }
    }

    private void end(ObjectNode pod) {
        offers.free(Pods.uid(pod));
        if (admitted.remove(Pods.uid(pod))) {
            runtime.stop(Pods.label(pod, Pods.INSTANCE));
        }
        // What waited for the slot may have it now.
        pods.values().stream()
                .filter(other -> Pods.label(other, Pods.INSTANCE).equals(Pods.label(pod, Pods.INSTANCE)))
                .filter(other -> !Pods.terminating(other))
                .toList()
                .forEach(this::look);
    }

    private void letGo(ObjectNode pod) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", Pods.uid(pod)).putNull("finalizers");
        store.mergePatch(Resource.POD, Pods.namespace(pod), Pods.name(pod), patch, caller);
    }

    private void admit(ObjectNode pod) {
        var uid = Pods.uid(pod);
        if (!Pods.wantsDevice(pod)) {
            admitted.add(uid);
            post(() -> bind(pod));
            post(() -> say(pod, "Running", ""));
            return;
        }
        var slot = offers.take(uid, Pods.label(pod, Pods.INSTANCE));
        if (slot.isPresent()) {
            admitted.add(uid);
            post(() -> bind(pod));
            later(
                    () -> agents.allocate(
                            Pods.label(pod, Pods.INSTANCE),
                            slot.getAsInt(),
                            allocation -> post(() -> allocated(pod, allocation))),
                    ADMISSION);
        }
    }

    /** The scheduler's part: the pod's node. */
    private void bind(ObjectNode pod) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", Pods.uid(pod));
        patch.putObject("spec").put("nodeName", settings.name());
        store.mergePatch(Resource.POD, Pods.namespace(pod), Pods.name(pod), patch, SCHEDULER);
    }

    private void allocated(ObjectNode pod, Allocation allocation) {
        if (!pods.containsKey(Pods.uid(pod))) {
            return;
        }
        switch (allocation) {
            case Allocation.Granted(var instance) -> {
                runtime.start(instance);
                say(pod, "Running", "");
            }
            case Allocation.Denied(var reason) -> {
                offers.free(Pods.uid(pod));
                say(pod, "Failed", "Allocate failed due to rpc error: code = Unknown desc = " + reason);
            }
        }
    }

    private void say(ObjectNode pod, String phase, String message) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", Pods.uid(pod));
        var status = patch.putObject("status");
        status.put("phase", phase);
        status.put("startTime", clock.instant().toString());
        if (!message.isEmpty()) {
            status.put("reason", "UnexpectedAdmissionError");
            status.put("message", message);
        }
        boolean ready = phase.equals("Running") && runtime.readyAtOnce();
        status.set("conditions", PodStatus.conditions(ready));
        if (phase.equals("Running")) {
            status.set("containerStatuses", PodStatus.containers(pod, ready, 0));
        }
        store.mergePatchStatus(Resource.POD, Pods.namespace(pod), Pods.name(pod), patch, caller);
    }

    // The node

    private void report() {
        if (!reporting) {
            reporting = true;
            later(this::reportNow, STATUS);
        }
    }

    private void reportNow() {
        reporting = false;
        var patch = JsonNodeFactory.instance.objectNode();
        var status = patch.putObject("status");
        var capacity = status.putObject("capacity");
        var allocatable = status.putObject("allocatable");
        offers.resources().forEach((name, count) -> {
            capacity.put(name, Integer.toString(count));
            allocatable.put(name, Integer.toString(count));
        });
        patchNode(patch);
    }

    private void forget() {
        var gone = offers.forget();
        if (!gone.isEmpty()) {
            var patch = JsonNodeFactory.instance.objectNode();
            var status = patch.putObject("status");
            var capacity = status.putObject("capacity");
            var allocatable = status.putObject("allocatable");
            gone.forEach(name -> {
                capacity.putNull(name);
                allocatable.putNull(name);
            });
            patchNode(patch);
        }
    }

    private void patchNode(ObjectNode patch) {
        store.mergePatchStatus(Resource.NODE, "", settings.name(), patch, caller);
    }

    void pause(boolean cut) {
        informer.pause(cut);
    }

    /** Leaves everything as it is: pods run on, and nobody looks after them. */
    @Override
    public void close() {
        informer.close();
        thread.shutdownNow();
    }
}
