package io.akrimqtt.presence.state;

/** What is believed of a device. */
public enum Presence {
    /** It exists, or existed once; nothing proves that it is there now. Never lists a device, but keeps one listed. */
    UNKNOWN,
    ONLINE,
    /** It said that it sleeps. */
    SLEEPING,
    OFFLINE
}
