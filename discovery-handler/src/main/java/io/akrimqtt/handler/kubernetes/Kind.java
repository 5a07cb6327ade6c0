package io.akrimqtt.handler.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of objects that are read and written, by their place in the API. */
enum Kind {
    INSTANCE("akri.sh", "v0", "Instance", "instances", true),
    CONFIGURATION("akri.sh", "v0", "Configuration", "configurations", true),
    NODE("", "v1", "Node", "nodes", false),
    ENDPOINT_SLICE("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true),
    EVENT("events.k8s.io", "v1", "Event", "events", true);

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final boolean namespaced;

    Kind(String group, String version, String kind, String plural, boolean namespaced) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.namespaced = namespaced;
    }

    /** Given to the client, so that it does not ask the API server for it. */
    ResourceDefinitionContext context() {
        var builder = new ResourceDefinitionContext.Builder()
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced);
        return group.isEmpty() ? builder.build() : builder.withGroup(group).build();
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String kind() {
        return kind;
    }

    String plural() {
        return plural;
    }

    /** For people, for example {@code instances.akri.sh}. */
    String title() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
