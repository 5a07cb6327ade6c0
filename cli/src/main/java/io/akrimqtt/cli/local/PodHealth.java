package io.akrimqtt.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.PodStatus;
import io.akrimqtt.cli.cluster.node.Pods;
import io.akrimqtt.cli.process.WorkloadEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes into pods whether their processes are ready, and how often they were started anew. Confined to the workloads' thread. */
final class PodHealth {

    private final Map<String, Integer> restarts = new HashMap<>();
    private volatile @Nullable ObjectStore store;

    /** Where the pods are; nothing is written before this. May be called by any thread. */
    void store(ObjectStore pods) {
        store = pods;
    }

    void on(WorkloadEvent event) {
        switch (event) {
            case WorkloadEvent.Running(var instance, var _) -> write(instance, true);
            case WorkloadEvent.Unready(var instance, var _) -> write(instance, false);
            case WorkloadEvent.Exited(var instance, var _, var _) -> {
                restarts.merge(instance.name(), 1, Integer::sum);
                write(instance, false);
            }
            case WorkloadEvent.Gone(var instance) -> restarts.remove(instance.name());
            case WorkloadEvent.Starting _, WorkloadEvent.Refused _ -> {}
        }
    }

    private void write(Instance instance, boolean ready) {
        var known = store;
        if (known == null) {
            return;
        }
        for (var pod : known.list(Resource.POD, "").items()) {
            boolean its = Pods.label(pod, Pods.INSTANCE).equals(instance.name());
            if (its && Pods.phase(pod).equals("Running") && !Pods.terminating(pod)) {
                write(known, pod, ready);
            }
        }
    }

    private void write(ObjectStore known, ObjectNode pod, boolean ready) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", Pods.uid(pod));
        var status = patch.putObject("status");
        int count = restarts.getOrDefault(Pods.label(pod, Pods.INSTANCE), 0);
        status.set("containerStatuses", PodStatus.containers(pod, ready, count));
        status.set("conditions", PodStatus.conditions(ready));
        try {
            known.mergePatchStatus(
                    Resource.POD,
                    Pods.namespace(pod),
                    Pods.name(pod),
                    patch,
                    PodStatus.kubelet(Pods.label(pod, Pods.NODE)));
        } catch (ApiException _) {
            // It is gone meanwhile, or is another one.
        }
    }
}
