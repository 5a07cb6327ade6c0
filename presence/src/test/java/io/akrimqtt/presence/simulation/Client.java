package io.akrimqtt.presence.simulation;

/** Whoever holds a connection to a server. */
interface Client {

    void arrived(Packet packet);

    /** The connection ended and the client did not end it. */
    void closed(String reason);
}
