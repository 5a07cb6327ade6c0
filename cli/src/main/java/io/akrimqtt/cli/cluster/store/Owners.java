package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who owns whom, by UID. Confined to the store's lock. */
final class Owners {

    private final Set<String> living = new HashSet<>();
    private final Map<String, Set<Ref>> dependants = new HashMap<>();

    void added(Ref ref, ObjectNode object) {
        living.add(ObjectMeta.text(object, "uid"));
        for (var owner : ObjectMeta.owners(object)) {
            dependants
                    .computeIfAbsent(owner.path("uid").asText(), _ -> new TreeSet<>())
                    .add(ref);
        }
    }

    void removed(Ref ref, ObjectNode object) {
        living.remove(ObjectMeta.text(object, "uid"));
        for (var owner : ObjectMeta.owners(object)) {
            var uid = owner.path("uid").asText();
            var refs = dependants.getOrDefault(uid, Set.of());
            refs.remove(ref);
            if (refs.isEmpty()) {
                dependants.remove(uid);
            }
        }
    }

    List<Ref> dependantsOf(ObjectNode owner) {
        return List.copyOf(dependants.getOrDefault(ObjectMeta.text(owner, "uid"), Set.of()));
    }

    /** Whether it has owners and none of them lives; owners of kinds that this cluster does not know are taken for alive. */
    boolean orphaned(ObjectNode object) {
        var owners = ObjectMeta.owners(object);
        return !owners.isEmpty() && owners.stream().allMatch(this::gone);
    }

    private boolean gone(JsonNode owner) {
        boolean known = Arrays.stream(Resource.values()).anyMatch(resource -> ObjectMeta.isOfKind(owner, resource));
        return known && !living.contains(owner.path("uid").asText());
    }
}
