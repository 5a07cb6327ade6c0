package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentConfiguration;
import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.cli.agent.InstanceView;
import io.akrimqtt.cli.cluster.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instances as objects of the API, as Akri's agent reads and writes them. */
final class InstanceObjects {

    private InstanceObjects() {}

    static InstanceView view(JsonNode object) {
        var meta = object.path("metadata");
        var spec = object.path("spec");
        return new InstanceView(
                meta.path("namespace").asText(),
                meta.path("name").asText(),
                meta.path("uid").asText(),
                owner(meta.path("ownerReferences")),
                spec.path("configurationName").asText(),
                spec.path("shared").asBoolean(false),
                spec.path("capacity").asInt(1),
                list(spec.path("nodes")),
                texts(spec.path("brokerProperties")),
                texts(spec.path("deviceUsage")),
                meta.hasNonNull("deletionTimestamp"));
    }

    private static String owner(JsonNode references) {
        for (var reference : references) {
            if (reference.path("controller").asBoolean(false)) {
                return reference.path("uid").asText();
            }
        }
        return "";
    }

    static List<String> list(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    static Map<String, String> texts(JsonNode object) {
        var texts = new HashMap<String, String>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /** What an agent applies for a device: all but the slots. */
    static ObjectNode applied(AgentConfiguration configuration, Instance instance) {
        var object = object(instance.name());
        var owner = object.withObjectProperty("metadata")
                .putArray("ownerReferences")
                .addObject();
        owner.put("apiVersion", Resource.CONFIGURATION.apiVersion());
        owner.put("kind", Resource.CONFIGURATION.kind());
        owner.put("name", configuration.name());
        owner.put("uid", configuration.uid());
        owner.put("controller", true);
        owner.put("blockOwnerDeletion", true);
        var spec = object.putObject("spec");
        spec.put("configurationName", configuration.name());
        spec.put("cdiName", cdiName(configuration.name(), instance.hash()));
        spec.put("capacity", instance.capacity());
        spec.put("shared", instance.shared());
        spec.putArray("nodes").add(instance.node());
        put(spec.putObject("brokerProperties"), instance.brokerProperties());
        return object;
    }

    /** What an agent applies to take its node off: what its cache has, slots included, without owner and without any node. */
    static ObjectNode left(InstanceView view) {
        var object = object(view.name());
        var spec = object.putObject("spec");
        spec.put("configurationName", view.configuration());
        spec.put(
                "cdiName",
                cdiName(view.configuration(), view.name().substring(view.name().lastIndexOf('-') + 1)));
        spec.put("capacity", view.capacity());
        spec.put("shared", view.shared());
        spec.putArray("nodes");
        put(spec.putObject("brokerProperties"), view.brokerProperties());
        put(spec.putObject("deviceUsage"), view.deviceUsage());
        return object;
    }

    /** What a device plugin applies for its slots. */
    static ObjectNode claimed(String name, Map<String, String> slots) {
        var object = object(name);
        put(object.putObject("spec").putObject("deviceUsage"), slots);
        return object;
    }

    /** What an agent applies to hold an object, or to let it go. */
    static ObjectNode held(Resource resource, String name, List<String> finalizers) {
        var object = object(name);
        object.put("kind", resource.kind());
        var held = object.withObjectProperty("metadata");
        if (!finalizers.isEmpty()) {
            finalizers.forEach(held.putArray("finalizers")::add);
        }
        return object;
    }

    private static String cdiName(String configuration, String hash) {
        return "akri.sh/" + configuration + "=" + hash;
    }

    private static void put(ObjectNode into, Map<String, String> texts) {
        texts.forEach(into::put);
    }

    private static ObjectNode object(String name) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Resource.INSTANCE.apiVersion());
        object.put("kind", Resource.INSTANCE.kind());
        object.putObject("metadata").put("name", name);
        return object;
    }
}
