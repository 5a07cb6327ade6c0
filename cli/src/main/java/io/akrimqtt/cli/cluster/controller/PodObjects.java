package io.akrimqtt.cli.cluster.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Pods;
import java.util.List;

/** Pods as Akri's controller makes them of a Configuration's template. */
final class PodObjects {

    private static final String PLACEHOLDER = "{{PLACEHOLDER}}";

    private PodObjects() {}

    /** Shared: {@code <node>-<instance>-pod}, otherwise {@code <instance>-pod}, dots as dashes. */
    static String name(JsonNode instance, String node) {
        var name = instance.path("metadata").path("name").asText().replace('.', '-') + "-pod";
        return instance.path("spec").path("shared").asBoolean(false) ? node + "-" + name : name;
    }

    static ObjectNode pod(JsonNode instance, String node, JsonNode template) {
        var name = instance.path("metadata").path("name").asText();
        var pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", Resource.POD.apiVersion()).put("kind", Resource.POD.kind());
        var meta = pod.putObject("metadata");
        meta.put("name", name(instance, node));
        meta.put("namespace", instance.path("metadata").path("namespace").asText());
        var labels = meta.putObject("labels");
        labels.put("app", name(instance, node));
        labels.put("controller", "akri.sh");
        labels.put(
                Pods.CONFIGURATION,
                instance.path("spec").path("configurationName").asText());
        labels.put(Pods.INSTANCE, name);
        labels.put(Pods.NODE, node);
        meta.putArray("finalizers").add(Pods.HELD);
        own(meta, instance);
        pod.set("spec", spec(template, name, node));
        pod.putObject("status").put("phase", "Pending");
        return pod;
    }

    private static void own(ObjectNode meta, JsonNode instance) {
        var owner = meta.putArray("ownerReferences").addObject();
        owner.put("apiVersion", Resource.INSTANCE.apiVersion()).put("kind", Resource.INSTANCE.kind());
        owner.put("name", instance.path("metadata").path("name").asText());
        owner.put("uid", instance.path("metadata").path("uid").asText());
        owner.put("controller", true).put("blockOwnerDeletion", true);
    }

    private static ObjectNode spec(JsonNode template, String instance, String node) {
        ObjectNode spec = template.deepCopy();
        for (var list : List.of("initContainers", "containers")) {
            for (var container : spec.path(list)) {
                for (var kind : List.of("limits", "requests")) {
                    rename(container.path("resources").path(kind), "akri.sh/" + instance);
                }
            }
        }
        var required = spec.withObjectProperty("affinity")
                .withObjectProperty("nodeAffinity")
                .withObjectProperty("requiredDuringSchedulingIgnoredDuringExecution");
        var field = required.withArrayProperty("nodeSelectorTerms")
                .addObject()
                .putArray("matchFields")
                .addObject();
        field.put("key", "metadata.name")
                .put("operator", "In")
                .putArray("values")
                .add(node);
        return spec;
    }

    private static void rename(JsonNode resources, String name) {
        if (resources instanceof ObjectNode object && object.has(PLACEHOLDER)) {
            object.set(name, object.remove(PLACEHOLDER));
        }
    }
}
