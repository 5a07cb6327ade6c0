package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a watch with selectors sees: an object that no longer matches is deleted to it, one that matches again is added. Confined to
 * the watch's thread.
 */
final class WatchFilter {

    private final Predicate<JsonNode> wanted;
    private final Served served;
    private final Set<String> outside = new HashSet<>();

    WatchFilter(Predicate<JsonNode> wanted, Served served) {
        this.wanted = wanted;
        this.served = served;
    }

    /** As the client is to be told it; none where it is none of its business. */
    Optional<Changed> of(Changed changed) {
        var seen = served.toClient(changed.object());
        var uid = seen.at("/metadata/uid").asText();
        boolean matches = wanted.test(seen);
        return switch (changed.change()) {
            case ADDED -> {
                if (!matches) {
                    outside.add(uid);
                }
                yield told(matches, Change.ADDED, seen);
            }
            case MODIFIED ->
                matches
                        ? told(true, outside.remove(uid) ? Change.ADDED : Change.MODIFIED, seen)
                        : told(outside.add(uid), Change.DELETED, seen);
            case DELETED -> told(!outside.remove(uid) && matches, Change.DELETED, seen);
        };
    }

    private static Optional<Changed> told(boolean told, Change change, ObjectNode seen) {
        return told ? Optional.of(new Changed(change, seen)) : Optional.empty();
    }
}
