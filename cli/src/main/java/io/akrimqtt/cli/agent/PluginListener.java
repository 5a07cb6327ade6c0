package io.akrimqtt.cli.agent;

import java.util.List;

/** The kubelet's side of device plugins. Called on the agent's only thread: must not wait. */
public interface PluginListener {

    /** Hears nothing: for an agent without a kubelet. */
    PluginListener NONE = new PluginListener() {
        @Override
        public void published(String instance, String configuration, List<Boolean> healthy) {}

        @Override
        public void withdrawn(String instance) {}
    };

    /** What there is of a device now: for each slot whether it can be had on this node. */
    void published(String instance, String configuration, List<Boolean> healthy);

    /** A device plugin ended: nothing of its device can be had. */
    void withdrawn(String instance);
}
