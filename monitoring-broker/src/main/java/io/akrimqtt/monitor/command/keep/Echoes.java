package io.akrimqtt.monitor.command.keep;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Our records on their way to the server and back to our own subscription. When one has come back, so has all that others wrote
 * about the command before it: servers keep the order within a topic. Thread-safe.
 */
final class Echoes {

    /** What has not come back. */
    private record Way(long number, CompletableFuture<Object> back) {}

    private final Map<String, Way> ways = new ConcurrentHashMap<>();

    /** To be called before it is written: completed when it has come back; fails where the connection is lost before. */
    CompletableFuture<Object> expect(String id, long number) {
        var way = new Way(number, new CompletableFuture<>());
        var earlier = ways.put(id, way);
        if (earlier != null) {
            var _ = way.back.whenComplete((_, lost) -> {
                if (lost == null) {
                    earlier.back.complete("");
                } else {
                    earlier.back.completeExceptionally(lost);
                }
            });
        }
        var _ = way.back.whenComplete((_, _) -> ways.remove(id, way));
        return way.back;
    }

    /** This one has come back, or never will; and so have those before it. */
    void came(String id, long number) {
        var way = ways.get(id);
        if (way != null && number >= way.number) {
            way.back.complete("");
        }
    }

    /** What comes now may have come past what others wrote. */
    void lost() {
        var why = new IllegalStateException("the connection to the MQTT server that keeps commands was lost");
        ways.values().forEach(way -> way.back.completeExceptionally(why));
    }

    /** Nothing comes back here. */
    void giveUp() {
        ways.values().forEach(way -> way.back.complete(""));
    }
}
