package io.akrimqtt.presence.state;

/** On which way a message reached us, which decides what it can prove. */
public enum Source {
    /** It was published while we listened: it came on the live connection, behind the fence. */
    LIVE,
    /** It waited in the session's queue: history, from a time that nobody knows. */
    BACKLOG,
    /** It was retained: the MQTT server's last word on the topic. */
    SNAPSHOT
}
