package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who owns which fields of one object, and since when. Immutable. */
record ManagedFields(Map<Manager, Owned> managers) {

    /** What one manager owns. */
    record Owned(Set<FieldPath> paths, Instant since) {}

    static final ManagedFields NONE = new ManagedFields(Map.of());

    Set<FieldPath> of(Manager manager) {
        var owned = managers.get(manager);
        return owned == null ? Set.of() : owned.paths();
    }

    ManagedFields without(Manager manager) {
        var rest = new TreeMap<>(managers);
        rest.remove(manager);
        return new ManagedFields(rest);
    }

    /** Nobody owns these any more. */
    ManagedFields minus(Collection<FieldPath> paths) {
        var rest = new TreeMap<Manager, Owned>();
        managers.forEach((manager, owned) -> {
            var left = new TreeSet<>(owned.paths());
            left.removeAll(paths);
            if (!left.isEmpty()) {
                rest.put(manager, new Owned(left, owned.since()));
            }
        });
        return new ManagedFields(rest);
    }

    ManagedFields with(Manager manager, Set<FieldPath> paths, Instant at) {
        var more = new TreeMap<>(managers);
        if (paths.isEmpty()) {
            more.remove(manager);
        } else {
            more.put(manager, new Owned(new TreeSet<>(paths), at));
        }
        return new ManagedFields(more);
    }

    boolean own(FieldPath path) {
        return managers.values().stream().anyMatch(owned -> owned.paths().contains(path));
    }

    /** Whether somebody owns this field or one within it. */
    boolean ownWithin(FieldPath path) {
        return managers.values().stream()
                .anyMatch(owned -> owned.paths().stream().anyMatch(p -> p.isWithin(path)));
    }

    /** Those of the given fields that are owned, by manager. */
    Map<Manager, Set<FieldPath>> among(Set<FieldPath> paths) {
        var found = new TreeMap<Manager, Set<FieldPath>>();
        managers.forEach((manager, owned) -> {
            var common = new TreeSet<>(owned.paths());
            common.retainAll(paths);
            if (!common.isEmpty()) {
                found.put(manager, common);
            }
        });
        return found;
    }

    boolean sameOwners(ManagedFields other) {
        return managers.keySet().equals(other.managers.keySet())
                && managers.entrySet().stream()
                        .allMatch(e -> e.getValue().paths().equals(other.of(e.getKey())));
    }

    /** As in {@code metadata.managedFields}. */
    ArrayNode json(String apiVersion) {
        var list = JsonNodeFactory.instance.arrayNode();
        managers.forEach((manager, owned) -> {
            var entry = list.addObject();
            entry.put("manager", manager.name());
            entry.put("operation", manager.operation().text());
            entry.put("apiVersion", apiVersion);
            entry.put("time", ObjectMeta.time(owned.since()));
            entry.put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", tree(owned.paths()));
            if (!manager.subresource().isEmpty()) {
                entry.put("subresource", manager.subresource());
            }
        });
        return list;
    }

    private static ObjectNode tree(Set<FieldPath> paths) {
        var root = JsonNodeFactory.instance.objectNode();
        for (var path : paths) {
            var at = root;
            for (var step : path.steps()) {
                at = at.withObjectProperty(step);
            }
        }
        return root;
    }
}
