package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** Which version of MQTT the next attempt speaks: the one asked for, or 5 until a server shows that it speaks only 3.1.1. */
final class VersionChoice {

    /** A server that closes the connection so often before it answers may mean the version; one attempt finds out. */
    private static final int EARLY_ONES = 3;

    private final boolean fixed;
    private ProtocolVersion next;
    private int early;

    /** @param asked the only version to speak, or null for a free choice */
    VersionChoice(@Nullable ProtocolVersion asked) {
        fixed = asked != null;
        next = asked == null ? ProtocolVersion.MQTT_5 : asked;
    }

    ProtocolVersion next() {
        return next;
    }

    /** The server accepted a connection. */
    void accepted() {
        early = 0;
    }

    /** The server refused the version. */
    void refused() {
        early = 0;
        if (!fixed) {
            next = next == ProtocolVersion.MQTT_5 ? ProtocolVersion.MQTT_3_1_1 : ProtocolVersion.MQTT_5;
        }
    }

    /** The server closed the connection before it answered. */
    void closedEarly() {
        early++;
        if (fixed) {
            return;
        }
        if (next == ProtocolVersion.MQTT_3_1_1) {
            refused();
        } else if (early >= EARLY_ONES) {
            refused();
        }
    }
}
