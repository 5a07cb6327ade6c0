package io.akrimqtt.cli.cluster.node;

import io.akrimqtt.cli.agent.Instance;

/** What runs pods. Called on the kubelet's only thread: must not wait. */
public interface PodRuntime {

    /** Pods are records: nothing runs. */
    PodRuntime RECORDS = new PodRuntime() {
        @Override
        public void start(Instance instance) {}

        @Override
        public void stop(String instance) {}
    };

    /** A pod was admitted, with the environment of its Instance. */
    void start(Instance instance);

    /** The pod of an Instance is to end. */
    void stop(String instance);

    /** Whether pods count as ready as soon as they run; where not, whoever runs them says so. */
    default boolean readyAtOnce() {
        return true;
    }
}
