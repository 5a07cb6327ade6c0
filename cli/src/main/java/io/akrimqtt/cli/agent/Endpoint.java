package io.akrimqtt.cli.agent;

/**
 * A discovery handler as it registered. Each registration makes an endpoint of its own, even at a known address: the older one's
 * streams stay.
 *
 * @param registration unique
 * @param address a socket's path, or {@code http://host:port}
 */
record Endpoint(long registration, String handler, String address, Kind kind, boolean shared) {

    enum Kind {
        UDS,
        NETWORK
    }

    /** Under which a later registration replaces this one. */
    String uid() {
        return handler + "@" + address;
    }
}
