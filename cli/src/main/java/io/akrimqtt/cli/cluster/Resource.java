package io.akrimqtt.cli.cluster;

/** The kinds of objects that the local cluster knows. */
public enum Resource {
    CONFIGURATION("akri.sh", "v0", "configurations", "Configuration", true),
    INSTANCE("akri.sh", "v0", "instances", "Instance", true),
    POD("", "v1", "pods", "Pod", true),
    NODE("", "v1", "nodes", "Node", false),
    EVENT("events.k8s.io", "v1", "events", "Event", true),
    ENDPOINT_SLICE("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);

    private final String group;
    private final String version;
    private final String plural;
    private final String kind;
    private final boolean namespaced;

    Resource(String group, String version, String plural, String kind, boolean namespaced) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.kind = kind;
        this.namespaced = namespaced;
    }

    /** The API group; empty for the core group. */
    public String group() {
        return group;
    }

    /** The API version without its group. */
    public String version() {
        return version;
    }

    /** As in paths. */
    public String plural() {
        return plural;
    }

    /** As in objects. */
    public String kind() {
        return kind;
    }

    /** Whether its objects live in namespaces. */
    public boolean namespaced() {
        return namespaced;
    }

    /** As in {@code apiVersion} of objects. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
