package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is there now. Confined to the store's lock. */
final class Objects {

    /** Objects that are kept at most; further ones are refused. */
    static final int MOST = 100_000;

    /** Kubernetes' Events that are kept at most; the oldest goes first. */
    static final int MOST_EVENTS = 1000;

    private final TreeMap<Ref, Revision> kept = new TreeMap<>();

    @Nullable
    Revision find(Ref ref) {
        return kept.get(ref);
    }

    Revision get(Ref ref) {
        var found = kept.get(ref);
        if (found == null) {
            throw Refusals.notFound(ref);
        }
        return found;
    }

    List<ObjectNode> list(Resource resource, String namespace) {
        return of(resource)
                .filter(entry ->
                        namespace.isEmpty() || namespace.equals(entry.getKey().namespace()))
                .map(entry -> entry.getValue().object().deepCopy())
                .toList();
    }

    private Stream<Map.Entry<Ref, Revision>> of(Resource resource) {
        var from = new Ref(resource, "", "");
        return kept.tailMap(from).entrySet().stream()
                .takeWhile(entry -> entry.getKey().resource() == resource);
    }

    void put(Ref ref, Revision revision) {
        kept.put(ref, revision);
    }

    void remove(Ref ref) {
        kept.remove(ref);
    }

    void checkRoom() {
        if (kept.size() >= MOST) {
            throw Refusals.full("there are " + MOST + " objects");
        }
    }

    /** The Event that is to go for one more; none where there is room. */
    List<Ref> eventsInTheWay() {
        var events = new ArrayList<>(of(Resource.EVENT).toList());
        if (events.size() < MOST_EVENTS) {
            return List.of();
        }
        var oldest = events.getFirst();
        for (var event : events) {
            if (version(event) < version(oldest)) {
                oldest = event;
            }
        }
        return List.of(oldest.getKey());
    }

    private static long version(Map.Entry<Ref, Revision> entry) {
        return Long.parseLong(ObjectMeta.text(entry.getValue().object(), "resourceVersion"));
    }
}
