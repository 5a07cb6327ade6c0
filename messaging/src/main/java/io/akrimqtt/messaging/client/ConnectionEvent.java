package io.akrimqtt.messaging.client;

/** What happens to a client's connection. */
public sealed interface ConnectionEvent {

    /**
     * The server accepted the connection. Told before any message of the connection is given to a listener.
     *
     * @param sessionPresent the server kept the session: what it queued comes now
     * @param protocol which MQTT is spoken
     */
    record Connected(boolean sessionPresent, ProtocolVersion protocol) implements ConnectionEvent {}

    /** The server has answered all subscriptions of this connection, refusals included. */
    record Subscribed() implements ConnectionEvent {}

    /**
     * The connection ended, or an attempt failed. The client tries again, with a growing delay.
     *
     * @param reason one sentence for people, without secrets
     * @param refused the server answered and said no (credentials, rights): retries are slow
     * @param takenOver another client uses the same client id: retries are at least a minute apart
     * @param untrusted TLS failed because the server's certificate is not trusted, or names another host
     */
    record Disconnected(String reason, boolean refused, boolean takenOver, boolean untrusted)
            implements ConnectionEvent {

        /** One that has nothing to do with certificates. */
        public Disconnected(String reason, boolean refused, boolean takenOver) {
            this(reason, refused, takenOver, false);
        }
    }
}
