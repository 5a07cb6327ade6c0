package io.akrimqtt.presence.simulation;

/** A message on its way. The quality of service is 0 or 1. */
record Packet(String topic, String payload, int qos, boolean retain) {

    Packet atQos(int most) {
        return qos <= most ? this : new Packet(topic, payload, most, retain);
    }

    /** What it says and how. */
    String what() {
        return "%s (QoS %d%s)".formatted(payload, qos, retain ? ", retained" : "");
    }
}
