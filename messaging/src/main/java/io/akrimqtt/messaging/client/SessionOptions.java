package io.akrimqtt.messaging.client;

import io.akrimqtt.messaging.message.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the client introduces itself.
 *
 * @param clientId stable and unique: two clients with one id take each other over
 * @param protocol the MQTT version, or null for 5 with a fall back to 3.1.1 where the server does not speak it
 * @param sessionExpiry how long the server keeps the session while the client is away; zero for a clean session
 * @param keepAlive 1 s to 18 h
 * @param will what the server publishes when the client dies without a word, or null
 * @param maxUndelivered messages that wait for their listeners, 1,024 or more; at that many, or at 32 MiB of payload, no more is
 *     read from the network until some have been taken, which holds the server back
 * @param maxPending messages that wait for a connection or an acknowledgement, 1 to 65,535; more, or more than 64 MiB of payload,
 *     are refused with
 *     {@link MessagingException.Kind#LIMIT}
 */
public record SessionOptions(
        String clientId,
        @Nullable ProtocolVersion protocol,
        Duration sessionExpiry,
        Duration keepAlive,
        @Nullable Message will,
        int maxPending,
        int maxUndelivered) {

    /** Clean session, any protocol, keep alive of 30 s, no will, 10,000 pending. */
    public static SessionOptions clean(String clientId) {
        return new SessionOptions(clientId, null, Duration.ZERO, Duration.ofSeconds(30), null, 10_000, 4_096);
    }

    /** As {@link #clean}, but the server keeps the session for a while. */
    public static SessionOptions persistent(String clientId, Duration expiry) {
        return clean(clientId).withSessionExpiry(expiry);
    }

    public SessionOptions withProtocol(@Nullable ProtocolVersion value) {
        return new SessionOptions(clientId, value, sessionExpiry, keepAlive, will, maxPending, maxUndelivered);
    }

    public SessionOptions withSessionExpiry(Duration value) {
        return new SessionOptions(clientId, protocol, value, keepAlive, will, maxPending, maxUndelivered);
    }

    public SessionOptions withKeepAlive(Duration value) {
        return new SessionOptions(clientId, protocol, sessionExpiry, value, will, maxPending, maxUndelivered);
    }

    public SessionOptions withWill(@Nullable Message value) {
        return new SessionOptions(clientId, protocol, sessionExpiry, keepAlive, value, maxPending, maxUndelivered);
    }

    public SessionOptions withMaxPending(int value) {
        return new SessionOptions(clientId, protocol, sessionExpiry, keepAlive, will, value, maxUndelivered);
    }

    public SessionOptions withMaxUndelivered(int value) {
        return new SessionOptions(clientId, protocol, sessionExpiry, keepAlive, will, maxPending, value);
    }
}
