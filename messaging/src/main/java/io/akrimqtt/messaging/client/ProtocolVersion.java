package io.akrimqtt.messaging.client;

/** The MQTT versions that are spoken. */
public enum ProtocolVersion {
    MQTT_5("5"),
    MQTT_3_1_1("3.1.1");

    private final String text;

    ProtocolVersion(String text) {
        this.text = text;
    }

    /** As people write it: {@code 5} or {@code 3.1.1}. */
    public String text() {
        return text;
    }
}
