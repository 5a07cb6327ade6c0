package io.akrimqtt.presence.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why something is believed of a device.
 *
 * @param kind what kind of message or event decided
 * @param topic the topic of the message, or null where none decided
 * @param at when it was received, by our clock
 * @param text one sentence for people, without payloads
 */
public record Evidence(Kind kind, @Nullable String topic, Instant at, String text) {

    /** What decides. Becomes a label of metrics: the set stays small. */
    public enum Kind {
        /** A statement that arrived live: a birth, a Last Will, a status word. */
        STATUS,
        /** A statement that the MQTT server had retained. */
        RETAINED_STATUS,
        /** The device published something, live. */
        ACTIVITY,
        /** Something retained or queued: it existed once. */
        EXISTS,
        /** Nothing came for longer than promised. */
        SILENCE,
        /** The device was taken back: an empty retained message where it had announced itself. */
        REMOVED,
        /** The MQTT server is away, or came back, or refuses what we asked for. */
        SERVER,
        /** The device through which it is reached is gone. */
        GATEWAY
    }
}
