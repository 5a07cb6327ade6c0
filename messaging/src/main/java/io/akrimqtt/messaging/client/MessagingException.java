package io.akrimqtt.messaging.client;

import org.jspecify.annotations.Nullable;

/** The outside failed: the MQTT server, the network, or their limits. The message names no secret. */
public final class MessagingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the reader can do about it. */
    public enum Kind {
        /** Not connected now; the client goes on trying. */
        NOT_CONNECTED,
        /** The server refused: credentials, rights, quota. Trying again changes nothing until somebody acts. */
        REFUSED,
        /** A limit of ours or of the server's: too many waiting, a quota. */
        LIMIT,
        /** The message is larger than the server takes; it never will. */
        TOO_LARGE,
        /** Nothing came back in time. */
        TIMEOUT,
        /** The client was closed. */
        CLOSED
    }

    private final Kind kind;

    public MessagingException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
