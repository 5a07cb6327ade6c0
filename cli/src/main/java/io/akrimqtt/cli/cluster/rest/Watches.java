package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Serves watches. Thread-safe. */
final class Watches {

    /** Of a watch that names no end; Kubernetes ends them after 30 to 60 minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final ObjectStore store;
    private final InstantSource clock;
    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();

    Watches(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void serve(Call call, Target target) throws IOException {
        if (call.query().values().containsKey("sendInitialEvents")) {
            throw new ApiException(
                    422,
                    "Invalid",
                    "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList "
                            + "feature gate is enabled");
        }
        var wanted = Selector.of(call.query()).and(named(target.name()));
        var filter = new WatchFilter(wanted, target.served());
        var lines = new WatchLines(target.served(), call.wantsTable(), clock);
        long seconds = call.query().seconds("timeoutSeconds");
        var longest = seconds <= 0 ? LONGEST : Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        boolean bookmarks = call.query().flag("allowWatchBookmarks") && !call.wantsTable();
        var stream = new WatchStream(filter, lines, longest, bookmarks);
        open.add(stream);
        try {
            run(call, target, stream);
        } finally {
            open.remove(stream);
        }
    }

    private static Predicate<JsonNode> named(String name) {
        return object -> name.isEmpty() || object.at("/metadata/name").asText().equals(name);
    }

    @SuppressWarnings("try") // closing a watch of the store does not wait
    private void run(Call call, Target target, WatchStream stream) throws IOException {
        var from = call.query().text("resourceVersion");
        List<ObjectNode> first = List.of();
        if (from.isEmpty() || from.equals("0")) {
            var listing = store.list(target.served().resource(), target.namespace());
            first = listing.items();
            from = listing.resourceVersion();
        }
        try (var _ = store.watch(target.served().resource(), target.namespace(), from, stream::take)) {
            stream.run(call.answer().stream(), first, from);
        } catch (ApiException e) {
            stream.refuse(call, e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("watches: closing one does not fail", e);
        }
    }

    void close() {
        open.forEach(WatchStream::end);
    }
}
