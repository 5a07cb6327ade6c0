package io.akrimqtt.cli.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Instance of ours, as Akri keeps it.
 *
 * @param nodes those that report the device
 */
record AkriInstance(
        String namespace, String name, String configuration, String deviceId, String deviceName, List<String> nodes) {

    AkriInstance {
        nodes = List.copyOf(nodes);
    }

    /** None where it is not one of ours: other handlers have Instances too. */
    static Optional<AkriInstance> of(GenericKubernetesResource object) {
        if (!(object.<Object>get("spec", "brokerProperties") instanceof Map<?, ?> properties)
                || !"akri-mqtt".equals(properties.get("MQTT_REPORTED_BY"))
                || !(properties.get("MQTT_DEVICE_ID") instanceof String id)) {
            return Optional.empty();
        }
        var name = properties.get("MQTT_DEVICE_NAME") instanceof String text ? text : id;
        var nodes = object.<Object>get("spec", "nodes") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.<String>of();
        var configuration = object.<Object>get("spec", "configurationName");
        return Optional.of(new AkriInstance(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                configuration instanceof String text ? text : "",
                id,
                name,
                nodes));
    }

    boolean called(String text) {
        return text.equals(deviceId) || text.equals(deviceName) || text.equals(name);
    }
}
