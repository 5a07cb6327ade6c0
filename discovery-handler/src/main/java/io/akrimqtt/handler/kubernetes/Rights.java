package io.akrimqtt.handler.kubernetes;

import java.util.List;

/**
 * All that this program asks of the API server: what its role has to allow, and nothing more. Compared with the recorded calls by a
 * test.
 */
public final class Rights {

    /**
     * Verbs on one resource.
     *
     * @param group of the API; empty for the core
     * @param resource plural
     * @param everywhere whether it is asked for in all namespaces (or has none); else in the handler's own only
     */
    public record Right(String group, String resource, List<String> verbs, boolean everywhere) {
        public Right {
            verbs = List.copyOf(verbs);
        }
    }

    /** Sorted by group and resource. */
    public static final List<Right> ALL = List.of(
            new Right("", "nodes", List.of("list", "watch"), true),
            new Right("akri.sh", "configurations", List.of("list", "patch", "watch"), true),
            new Right("akri.sh", "instances", List.of("delete", "list", "patch", "watch"), true),
            new Right("discovery.k8s.io", "endpointslices", List.of("list", "watch"), false),
            new Right("events.k8s.io", "events", List.of("create", "patch"), true));

    private Rights() {}
}
