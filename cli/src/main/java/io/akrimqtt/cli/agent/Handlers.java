package io.akrimqtt.cli.agent;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registered discovery handlers: name, then uid, then endpoint. Confined to its core. */
final class Handlers {

    private final Map<String, Map<String, Endpoint>> byName = new LinkedHashMap<>();
    private final Set<Long> stopped = new HashSet<>();

    /** Replaces an older endpoint of the same uid. */
    void put(Endpoint endpoint) {
        byName.computeIfAbsent(endpoint.handler(), _ -> new LinkedHashMap<>()).put(endpoint.uid(), endpoint);
    }

    /** All endpoints of that exact name; empty for none. */
    List<Endpoint> of(String handler) {
        return List.copyOf(byName.getOrDefault(handler, Map.of()).values());
    }

    /** Marks an endpoint as one that must not be called any more. */
    void stop(Endpoint endpoint) {
        stopped.add(endpoint.registration());
    }

    boolean stopped(Endpoint endpoint) {
        return stopped.contains(endpoint.registration());
    }

    /** Forgets the stopped endpoints of a name. */
    void prune(String handler) {
        var endpoints = byName.get(handler);
        if (endpoints != null) {
            endpoints.values().removeIf(this::stopped);
            if (endpoints.isEmpty()) {
                byName.remove(handler);
            }
        }
    }

    void clear() {
        byName.clear();
        stopped.clear();
    }
}
