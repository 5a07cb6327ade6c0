package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The lines of a watch's body. Confined to the watch's thread. */
final class WatchLines {

    private final Served served;
    private final boolean tables;
    private final InstantSource clock;
    private boolean headed;

    WatchLines(Served served, boolean tables, InstantSource clock) {
        this.served = served;
        this.tables = tables;
        this.clock = clock;
    }

    byte[] change(Changed changed) {
        var object = changed.object();
        if (tables) {
            var table = Table.of(served, clock.instant(), !headed);
            table.add(object);
            headed = true;
            object = table.json(object.at("/metadata/resourceVersion").asText());
        }
        return line(changed.change().name(), object);
    }

    byte[] bookmark(String resourceVersion) {
        var object = JsonNodeFactory.instance
                .objectNode()
                .put("kind", served.resource().kind())
                .put("apiVersion", served.apiVersion());
        object.putObject("metadata").put("resourceVersion", resourceVersion).putNull("creationTimestamp");
        return line("BOOKMARK", object);
    }

    byte[] error(ApiException refusal) {
        return line("ERROR", StatusObject.failure(refusal));
    }

    private static byte[] line(String type, ObjectNode object) {
        var event = JsonNodeFactory.instance.objectNode().put("type", type);
        event.set("object", object);
        return (event + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
