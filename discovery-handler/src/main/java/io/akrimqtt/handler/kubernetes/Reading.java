package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the API server as the plain values that we keep of them: what nobody asks for is left out, so that what is kept stays
 * small whatever others write. Pure functions; an object of another form throws {@link MalformedObject}.
 */
final class Reading {

    /** What our annotations and labels have in their names. */
    private static final String OURS = "akri-mqtt.io/";

    private Reading() {}

    static ObjectRef ref(GenericKubernetesResource resource) {
        var meta = resource.getMetadata();
        return new ObjectRef(
                text(meta.getNamespace()), text(meta.getName()), text(meta.getUid()), text(meta.getResourceVersion()));
    }

    /** An Akri Instance; of foreign ones what is bulky is left out. */
    static InstanceState instance(GenericKubernetesResource resource) {
        var meta = resource.getMetadata();
        var spec = ObjectFields.of(resource.getAdditionalProperties()).object("spec");
        var properties = spec.map("brokerProperties");
        boolean ours = InstanceState.MARK.equals(properties.get(InstanceState.MARKER));
        return new InstanceState(
                ref(resource),
                spec.text("configurationName"),
                owner(meta),
                spec.count("capacity", 0),
                ours ? properties : Map.of(),
                spec.flag("shared"),
                spec.texts("nodes"),
                ours ? spec.map("deviceUsage") : Map.of(),
                ofOurs(meta.getAnnotations()),
                ofOurs(meta.getLabels()),
                list(meta.getFinalizers()),
                terminating(meta),
                ours ? usageManagers(meta) : Map.of());
    }

    /**
     * An Akri Configuration; of other handlers' the details are left out.
     *
     * @param handler what Configurations call us
     */
    static ConfigurationState configuration(GenericKubernetesResource resource, String handler) {
        var meta = resource.getMetadata();
        var spec = ObjectFields.of(resource.getAdditionalProperties()).object("spec");
        var discovery = spec.object("discoveryHandler");
        var name = discovery.text("name");
        boolean ours = name.equals(handler);
        @Nullable Long generation = meta.getGeneration();
        return new ConfigurationState(
                ref(resource),
                generation == null ? 0 : generation,
                name,
                ours ? discovery.text("discoveryDetails") : "",
                ours ? spec.map("brokerProperties") : Map.of(),
                spec.count("capacity", 1),
                ofOurs(meta.getAnnotations()),
                terminating(meta));
    }

    /**
     * A node, without its handler, which endpoints tell.
     *
     * @param own the name of our own node, whose Akri resources are told
     */
    static NodeState node(GenericKubernetesResource resource, String own) {
        var name = text(resource.getMetadata().getName());
        var status = ObjectFields.of(resource.getAdditionalProperties()).object("status");
        boolean ready = status.objects("conditions").stream()
                .anyMatch(each ->
                        each.text("type").equals("Ready") && each.text("status").equals("True"));
        var resources = name.equals(own) ? akriResources(status.object("allocatable")) : Set.<String>of();
        boolean cordoned = ObjectFields.of(resource.getAdditionalProperties())
                .object("spec")
                .flag("unschedulable");
        return new NodeState(name, ready, false, resources, cordoned);
    }

    private static Set<String> akriResources(ObjectFields allocatable) {
        return allocatable.values().entrySet().stream()
                .filter(each -> !"0".equals(String.valueOf(each.getValue())))
                .map(each -> String.valueOf(each.getKey()))
                .filter(key -> key.startsWith("akri.sh/"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The nodes of the ready endpoints of an EndpointSlice; no condition means ready, as the API defines it. */
    static Set<String> readyNodes(GenericKubernetesResource resource) {
        return ObjectFields.of(resource.getAdditionalProperties()).objects("endpoints").stream()
                .filter(each ->
                        !Boolean.FALSE.equals(each.object("conditions").values().get("ready")))
                .map(each -> each.text("nodeName"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String owner(ObjectMeta meta) {
        return meta.getOwnerReferences().stream()
                .filter(each -> "Configuration".equals(each.getKind())
                        && text(each.getApiVersion()).startsWith("akri.sh/"))
                .map(each -> text(each.getUid()))
                .findFirst()
                .orElse("");
    }

    /** Which slots each manager of server-side apply has, from {@code managedFields}. */
    private static Map<String, Set<String>> usageManagers(ObjectMeta meta) {
        var managers = new HashMap<String, Set<String>>();
        for (ManagedFieldsEntry entry : meta.getManagedFields()) {
            @Nullable FieldsV1 fields = entry.getFieldsV1();
            if (!"Apply".equals(entry.getOperation()) || fields == null) {
                continue;
            }
            var usage = new ObjectFields("managedFields", fields.getAdditionalProperties())
                    .object("f:spec")
                    .object("f:deviceUsage");
            var keys = usage.values().keySet().stream()
                    .map(String::valueOf)
                    .filter(key -> key.startsWith("f:"))
                    .map(key -> key.substring(2))
                    .collect(Collectors.toSet());
            if (!keys.isEmpty()) {
                managers.computeIfAbsent(text(entry.getManager()), _ -> new HashSet<>())
                        .addAll(keys);
            }
        }
        managers.replaceAll((_, keys) -> Set.copyOf(keys));
        return managers;
    }

    private static boolean terminating(ObjectMeta meta) {
        return !text(meta.getDeletionTimestamp()).isEmpty();
    }

    private static Map<String, String> ofOurs(@Nullable Map<String, String> all) {
        if (all == null) {
            return Map.of();
        }
        return all.entrySet().stream()
                .filter(each -> each.getKey().contains(OURS))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> text(each.getValue())));
    }

    private static List<String> list(@Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().filter(Objects::nonNull).toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
