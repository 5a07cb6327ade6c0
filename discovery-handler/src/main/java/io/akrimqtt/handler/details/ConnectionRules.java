package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.QualityOfService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to MQTT servers.
 *
 * @param protocol null for 5, and 3.1.1 where the server does not speak it
 * @param qos at which quality of service live messages are wanted: 1 or 2
 * @param keepAlive how often a silent connection shows that it lives
 * @param sessionExpiry how long a server keeps our session while we are away; zero for no session
 * @param clientIdPrefix how our client ids begin
 */
public record ConnectionRules(
        @Nullable ProtocolVersion protocol,
        QualityOfService qos,
        Duration keepAlive,
        Duration sessionExpiry,
        String clientIdPrefix) {

    /** Any protocol, at least once, 30 s, 1 h, {@code akri-mqtt}. */
    public static final ConnectionRules DEFAULT = new ConnectionRules(
            null, QualityOfService.AT_LEAST_ONCE, Duration.ofSeconds(30), Duration.ofHours(1), "akri-mqtt");

    public ConnectionRules withQos(QualityOfService value) {
        return new ConnectionRules(protocol, value, keepAlive, sessionExpiry, clientIdPrefix);
    }

    public ConnectionRules withSessionExpiry(Duration value) {
        return new ConnectionRules(protocol, qos, keepAlive, value, clientIdPrefix);
    }

    public ConnectionRules withClientIdPrefix(String value) {
        return new ConnectionRules(protocol, qos, keepAlive, sessionExpiry, value);
    }
}
