package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Instant;
import java.util.HashSet;

/**
 * Server-side apply: what a manager applied before and leaves out now goes unless somebody else owns it too; a field that somebody
 * else owns and that has another value is a conflict.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>
 */
record ServerSideApply(Ref ref, Manager manager, boolean force) {

    /** The object and its owners after it. */
    Revision on(Revision live, ObjectNode applied, Instant now) {
        var wanted = Leaves.of(resource(), applied).keySet();
        var others = live.fields().without(manager);
        var merged = live.object().deepCopy();
        merge(merged, stripped(applied), FieldPath.ROOT);
        var dropped = new HashSet<>(live.fields().of(manager));
        dropped.removeAll(wanted);
        dropped.removeIf(others::own);
        var prune = new Prune(path -> others.ownWithin(path) || wanted.stream().anyMatch(w -> w.isWithin(path)));
        dropped.forEach(path -> prune.remove(merged, path));

        var difference = Difference.between(resource(), live.object(), merged);
        var conflicts = others.among(difference.written());
        if (!conflicts.isEmpty() && !force) {
            throw Conflicts.refusal(ref, conflicts);
        }
        var taken = new HashSet<>(difference.removed());
        conflicts.values().forEach(taken::addAll);
        return new Revision(merged, others.minus(taken).with(manager, wanted, now));
    }

    private Resource resource() {
        return ref.resource();
    }

    private static ObjectNode stripped(ObjectNode applied) {
        var content = applied.deepCopy();
        ObjectMeta.strip(content);
        return content;
    }

    private void merge(ObjectNode into, ObjectNode applied, FieldPath path) {
        for (var field : applied.properties()) {
            var at = path.field(field.getKey());
            switch (field.getValue()) {
                case ObjectNode map ->
                    merge(
                            into.get(field.getKey()) instanceof ObjectNode there
                                    ? there
                                    : into.putObject(field.getKey()),
                            map,
                            at);
                case ArrayNode list -> mergeList(into, field.getKey(), list, at);
                case NullNode _ -> {}
                case JsonNode value -> into.set(field.getKey(), value);
            }
        }
    }

    private void mergeList(ObjectNode into, String field, ArrayNode list, FieldPath path) {
        var kind = ListKind.at(resource(), path);
        if (kind == ListKind.ATOMIC || !(into.get(field) instanceof ArrayNode there)) {
            into.set(field, list);
            return;
        }
        for (var member : list) {
            int at = indexOf(there, member, kind);
            if (at < 0) {
                there.add(member);
            } else {
                there.set(at, member);
            }
        }
    }

    private static int indexOf(ArrayNode list, JsonNode member, ListKind kind) {
        for (int i = 0; i < list.size(); i++) {
            var same = kind == ListKind.BY_UID
                    ? list.get(i).path("uid").equals(member.path("uid"))
                    : Json.same(list.get(i), member);
            if (same) {
                return i;
            }
        }
        return -1;
    }
}
