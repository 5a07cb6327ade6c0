package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import java.util.List;
import java.util.Map;

/**
 * One device and what exists of it.
 *
 * @param reported whether it is in a list that an agent has
 * @param instances one for each Configuration that has it, those that are being deleted among them
 */
record Item(
        String id,
        String hash,
        boolean renamed,
        boolean listed,
        boolean reported,
        Map<String, String> properties,
        List<InstanceState> instances) {

    /** Its Instances that live and name a node. */
    List<InstanceState> naming(String node) {
        return instances.stream()
                .filter(instance -> !instance.terminating() && instance.names(node))
                .toList();
    }
}
