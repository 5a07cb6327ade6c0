package io.akrimqtt.cli.local;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.cli.cluster.node.PodRuntime;
import io.akrimqtt.cli.process.Workloads;
import java.util.function.Predicate;

/**
 * Makes processes of pods: a workload starts when the kubelet has its device. Instances of Configurations without a pod template have
 * no pods, and are shown all the same. Thread-safe.
 */
final class LocalPods implements PodRuntime {

    private final Workloads workloads;
    private final Predicate<String> hasPods;

    /** @param hasPods whether a Configuration has a pod template */
    LocalPods(Workloads workloads, Predicate<String> hasPods) {
        this.workloads = workloads;
        this.hasPods = hasPods;
    }

    @Override
    public void start(Instance instance) {
        workloads.create(instance);
    }

    @Override
    public void stop(String instance) {
        workloads.delete(instance);
    }

    @Override
    public boolean readyAtOnce() {
        return false;
    }

    void on(AgentEvent event) {
        if (event instanceof AgentEvent.InstanceCreated(var instance) && !hasPods.test(instance.configuration())) {
            workloads.create(instance);
        } else if (event instanceof AgentEvent.InstanceDeleted(var instance, var _)
                && !hasPods.test(instance.configuration())) {
            workloads.delete(instance.name());
        }
    }
}
