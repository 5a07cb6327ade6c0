package io.akrimqtt.handler.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One Akri Instance.
 *
 * @param configuration {@code spec.configurationName}; not unique over namespaces, {@code configurationUid} is
 * @param configurationUid of the owner reference; empty where there is none
 * @param properties {@code spec.brokerProperties}
 * @param deviceUsage slot to the node that holds it; {@code ""} where Akri's controller has blanked it
 * @param finalizers bare names of nodes, as Akri's agents set them
 * @param terminating whether it has a deletion time
 * @param usageManagers which keys of {@code deviceUsage} each field manager has set by server-side apply
 */
public record InstanceState(
        ObjectRef ref,
        String configuration,
        String configurationUid,
        int capacity,
        Map<String, String> properties,
        boolean shared,
        List<String> nodes,
        Map<String, String> deviceUsage,
        Map<String, String> annotations,
        Map<String, String> labels,
        List<String> finalizers,
        boolean terminating,
        Map<String, Set<String>> usageManagers) {

    /** The property that marks an Instance as ours. */
    public static final String MARKER = "MQTT_REPORTED_BY";

    /** Its value. */
    public static final String MARK = "akri-mqtt";

    /** The property with the id of the device. */
    public static final String DEVICE = "MQTT_DEVICE_ID";

    /** The annotation {@code RELEASED + node} lets the agent of that node take it off. */
    public static final String RELEASED = "released.akri-mqtt.io/";

    /** The label with the device's name, for people. */
    public static final String DEVICE_LABEL = "akri-mqtt.io/device";

    public InstanceState {
        properties = Map.copyOf(properties);
        nodes = List.copyOf(nodes);
        deviceUsage = Map.copyOf(deviceUsage);
        annotations = Map.copyOf(annotations);
        labels = Map.copyOf(labels);
        finalizers = List.copyOf(finalizers);
        usageManagers = Map.copyOf(usageManagers);
    }

    /** Whether it is ours. */
    public boolean marked() {
        return MARK.equals(properties.get(MARKER));
    }

    /** The nodes that it is released on. */
    public Set<String> released() {
        return annotations.keySet().stream()
                .filter(key -> key.startsWith(RELEASED))
                .map(key -> key.substring(RELEASED.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it is reported on a node, as far as its agent has said. */
    public boolean names(String node) {
        return nodes.contains(node);
    }

    /** Whether it is released on a node. */
    public boolean releasedOn(String node) {
        return annotations.containsKey(RELEASED + node);
    }

    /** The node that holds a slot, of a value of {@code deviceUsage}: {@code node} or {@code C:device:node}; "" where nobody does. */
    public static String holder(String usage) {
        return usage.substring(usage.lastIndexOf(':') + 1);
    }

    /** The six digits at the end of its name, which Akri computes of the reported id. */
    public String hash() {
        return ref.name().substring(ref.name().lastIndexOf('-') + 1);
    }
}
