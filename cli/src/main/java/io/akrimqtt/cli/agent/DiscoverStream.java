package io.akrimqtt.cli.agent;

import java.util.List;

/** One Discover call as the core sees it. Confined to its core. */
final class DiscoverStream {

    final long id;
    final Endpoint endpoint;
    final DiscoveryRequest request;

    /** The latest list; empty until the first one. */
    List<ReportedDevice> devices = List.of();

    /** Something about it has not been looked at yet. */
    boolean changed;

    boolean ended;

    DiscoverStream(long id, Endpoint endpoint, DiscoveryRequest request) {
        this.id = id;
        this.endpoint = endpoint;
        this.request = request;
    }
}
