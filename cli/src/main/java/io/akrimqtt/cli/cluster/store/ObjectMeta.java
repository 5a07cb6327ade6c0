package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The metadata of objects. */
final class ObjectMeta {

    /** Written by the API server alone; what a caller says here is not kept. */
    private static final List<String> SYSTEM = List.of(
            "name",
            "namespace",
            "generateName",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink");

    private static final List<String> CARRIED = List.of(
            "generateName",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private ObjectMeta() {}

    static ObjectNode of(ObjectNode object) {
        return object.withObjectProperty("metadata");
    }

    static String text(ObjectNode object, String field) {
        return object.path("metadata").path(field).asText("");
    }

    static boolean terminating(ObjectNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static Set<String> finalizers(ObjectNode object) {
        var found = new TreeSet<String>();
        object.path("metadata").path("finalizers").forEach(f -> found.add(f.asText()));
        return found;
    }

    /** UIDs of the owners of kinds that this cluster knows; others are taken for alive. */
    static List<JsonNode> owners(ObjectNode object) {
        return StreamSupport.stream(
                        object.path("metadata").path("ownerReferences").spliterator(), false)
                .toList();
    }

    /** Takes away what cannot be owned. */
    static void strip(ObjectNode object) {
        object.remove(List.of("apiVersion", "kind"));
        if (object.get("metadata") instanceof ObjectNode meta) {
            meta.remove(SYSTEM);
            if (meta.isEmpty()) {
                object.remove("metadata");
            }
        }
    }

    /** The content with the identity of its place and, where there is one, of the object that was there. */
    static ObjectNode identify(Ref ref, ObjectNode content, ObjectNode before) {
        ObjectMeta.strip(content);
        var object = content.objectNode();
        object.put("apiVersion", ref.resource().apiVersion());
        object.put("kind", ref.resource().kind());
        var meta = object.putObject("metadata");
        meta.put("name", ref.name());
        if (ref.resource().namespaced()) {
            meta.put("namespace", ref.namespace());
        }
        CARRIED.stream()
                .filter(field -> before.path("metadata").hasNonNull(field))
                .forEach(field -> meta.set(field, before.path("metadata").get(field)));
        content.path("metadata").properties().forEach(field -> meta.set(field.getKey(), field.getValue()));
        content.properties().stream()
                .filter(field -> !field.getKey().equals("metadata"))
                .forEach(field -> object.set(field.getKey(), field.getValue()));
        dropEmptyFinalizers(meta);
        return object;
    }

    private static void dropEmptyFinalizers(ObjectNode meta) {
        if (meta.get("finalizers") instanceof ArrayNode list && list.isEmpty()) {
            meta.remove("finalizers");
        }
    }

    /** Whether something besides metadata and status differs. */
    static boolean specChanged(ObjectNode before, ObjectNode after) {
        return !Json.same(withoutMetaAndStatus(before), withoutMetaAndStatus(after));
    }

    private static ObjectNode withoutMetaAndStatus(ObjectNode object) {
        var copy = object.objectNode();
        copy.setAll(object);
        copy.remove(List.of("metadata", "status", "apiVersion", "kind"));
        return copy;
    }

    static void bumpGeneration(ObjectNode object) {
        var meta = of(object);
        meta.put("generation", meta.path("generation").asLong() + 1);
    }

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static boolean isOfKind(JsonNode owner, Resource resource) {
        return owner.path("kind").asText().equals(resource.kind())
                && owner.path("apiVersion").asText().equals(resource.apiVersion());
    }
}
