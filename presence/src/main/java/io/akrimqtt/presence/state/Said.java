package io.akrimqtt.presence.state;

/** What one message says about a device, after its convention has read it. */
public enum Said {
    /** A statement: it is there. */
    ONLINE,
    /** A statement, often a Last Will: it is not there any more. */
    OFFLINE,
    /** A statement: it sleeps and will be back. */
    SLEEPING,
    /** The device itself published something; a proof of life only where it came live. */
    ACTIVITY,
    /** Somebody names the device: it exists, or existed once. */
    EXISTS,
    /** It was taken back: an empty retained message where it had announced itself. */
    GONE;

    /** Whether it is a word about presence, which the MQTT server may retain. */
    boolean statement() {
        return this == ONLINE || this == OFFLINE || this == SLEEPING;
    }
}
