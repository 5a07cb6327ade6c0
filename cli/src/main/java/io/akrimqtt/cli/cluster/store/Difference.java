package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What changed between two states of an object.
 *
 * @param written fields that are new or have another value
 * @param removed fields that are gone
 */
record Difference(SortedSet<FieldPath> written, SortedSet<FieldPath> removed) {

    static Difference between(Resource resource, ObjectNode before, ObjectNode after) {
        var old = Leaves.of(resource, before);
        var now = Leaves.of(resource, after);
        return new Difference(missingFrom(old, now, true), missingFrom(now, old, false));
    }

    private static SortedSet<FieldPath> missingFrom(
            SortedMap<FieldPath, JsonNode> base, SortedMap<FieldPath, JsonNode> other, boolean alsoOtherValues) {
        var missing = new TreeSet<FieldPath>();
        other.forEach((path, value) -> {
            var there = base.get(path);
            if (there == null
                    ? !(value.isEmpty() && value.isContainerNode() && hasWithin(base, path))
                    : alsoOtherValues && !Json.same(there, value)) {
                missing.add(path);
            }
        });
        return missing;
    }

    /** An empty map that fills, or a map that becomes empty, is the same map. */
    private static boolean hasWithin(SortedMap<FieldPath, JsonNode> leaves, FieldPath path) {
        var after = leaves.tailMap(path);
        return !after.isEmpty() && after.firstKey().isWithin(path);
    }
}
