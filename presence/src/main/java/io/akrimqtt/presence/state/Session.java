package io.akrimqtt.presence.state;

/** What became of our session when the MQTT server accepted us. */
public enum Session {
    /** The server kept it: what it queued comes now. */
    RESUMED,
    /** There is none and none was due: the first connection, or we were away for longer than it is kept. */
    FRESH,
    /** It should have been there: the server was restarted, or wiped. What it retains may be stale. */
    LOST
}
