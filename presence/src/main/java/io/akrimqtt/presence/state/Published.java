package io.akrimqtt.presence.state;

/** How a message was published, as far as its receiver can see it. */
public enum Published {
    /** It is the topic's retained message since: reading the topic again can confirm or refute it. */
    RETAINED,
    /** The topic's retained message is another, older one, or none. */
    NOT_RETAINED,
    /** MQTT 3.1.1 does not tell. */
    NOT_KNOWN
}
