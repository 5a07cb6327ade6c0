package io.akrimqtt.monitor.command.life;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Commands of a class have a window of their own for what is under way, so that many of one hold up none of another (PE 5.1). The
 * user property {@value #PROPERTY} tells it to the device and to the MQTT server.
 */
public enum TrafficClass {
    CONTROL,
    NORMAL,
    BULK;

    /** The user property of a request. */
    public static final String PROPERTY = "cls";

    /** As it is written on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for what is none. */
    public static Optional<TrafficClass> of(String text) {
        return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
    }
}
