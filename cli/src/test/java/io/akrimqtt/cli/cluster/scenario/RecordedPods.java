package io.akrimqtt.cli.cluster.scenario;

import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.cli.cluster.node.PodRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which pods were started, with what. */
final class RecordedPods implements PodRuntime {

    private final List<Instance> started = new CopyOnWriteArrayList<>();

    @Override
    public void start(Instance instance) {
        started.add(instance);
    }

    @Override
    public void stop(String instance) {}

    List<Instance> started() {
        return started;
    }
}
