package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.cli.agent.AgentConfiguration;
import io.akrimqtt.cli.agent.PropertyBytes;
import io.akrimqtt.cli.agent.UnresolvedPropertyException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Configurations as Akri's agent parses them. */
final class ConfigurationObjects {

    private ConfigurationObjects() {}

    /** Empty for one that Akri's types cannot hold, although the CRD let it in: its reference has no key, or it names no handler. */
    static Optional<AgentConfiguration> parse(JsonNode object, ReferencedData data) {
        var spec = object.path("spec");
        var handler = spec.path("discoveryHandler");
        if (!handler.path("name").isTextual() || !readable(handler.path("discoveryProperties"))) {
            return Optional.empty();
        }
        var meta = object.path("metadata");
        try {
            return Optional.of(new AgentConfiguration(
                    meta.path("namespace").asText(),
                    meta.path("name").asText(),
                    meta.path("uid").asText(),
                    handler.path("name").asText(),
                    handler.path("discoveryDetails").asText(""),
                    () -> resolve(handler.path("discoveryProperties"), data),
                    spec.path("capacity").asInt(1),
                    InstanceObjects.texts(spec.path("brokerProperties"))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean readable(JsonNode properties) {
        for (var property : properties) {
            for (var kind : property.path("valueFrom")) {
                if (!kind.path("name").isTextual() || !kind.path("key").isTextual()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Map<String, PropertyBytes> resolve(JsonNode properties, ReferencedData data)
            throws UnresolvedPropertyException {
        var resolved = new HashMap<String, PropertyBytes>();
        for (var property : properties) {
            var name = property.path("name").asText();
            if (property.path("value").isTextual()) {
                resolved.put(name, PropertyBytes.of(property.path("value").asText()));
            } else if (property.path("valueFrom").isEmpty()) {
                resolved.put(name, PropertyBytes.absent());
            } else {
                refer(name, property.path("valueFrom"), data).ifPresent(bytes -> resolved.put(name, bytes));
            }
        }
        return resolved;
    }

    private static Optional<PropertyBytes> refer(String property, JsonNode from, ReferencedData data)
            throws UnresolvedPropertyException {
        boolean secret = from.has("secretKeyRef");
        var selector = from.path(secret ? "secretKeyRef" : "configMapKeyRef");
        var reference = new ReferencedData.Reference(
                secret ? "Secret" : "ConfigMap",
                selector.path("namespace").asText("default"),
                selector.path("name").asText(),
                selector.path("key").asText());
        var bytes = data.read(reference);
        if (bytes.isEmpty() && !selector.path("optional").asBoolean(false)) {
            throw new UnresolvedPropertyException(property + ": " + reference.kind() + " " + reference.namespace() + "/"
                    + reference.name() + ", key " + reference.key() + " is not there");
        }
        return bytes.map(PropertyBytes::of);
    }
}
