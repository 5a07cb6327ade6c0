package io.akrimqtt.messaging.rpc;

/** How a device is asked and its answer known again. */
public enum WayOfAsking {
    /** By MQTT 5's own properties, or by topic ids where the request's topic has {@code {request}}. */
    TOPICS,
    /** Request and answer are CloudEvents in JSON that carry ids, reply topic and expiry; any version of MQTT. */
    ENVELOPE,
    /** A bare payload; the next message on the response topic is the answer. One command at a time; any version of MQTT. */
    SINGLE_FLIGHT,
    /** A bare payload; done when the response topic, the device's state, shows what was asked for. Any version of MQTT. */
    STATE_ECHO
}
