package io.akrimqtt.presence.state;

import java.time.Duration;

/**
 * The times that the presence core goes by. None is negative.
 *
 * @param silenceTimeout after how much silence a device that only its activity supports is offline; zero for never
 * @param silenceWritten the timeout was asked for: it then holds for devices that a status supports, too
 * @param offlineGrace how long an offline statement must stand before the device is offline
 * @param settle activity this soon after an offline statement may have been overtaken by it, and proves nothing
 * @param serverGrace how long an MQTT server may be away before its word counts as unknown
 * @param probation how long a retained online keeps its weight without live evidence once an MQTT server has lost our session;
 *     and how long a device that merely exists stays unknown where {@code silenceTimeout} is zero (else it is that)
 */
public record PresenceRules(
        Duration silenceTimeout,
        boolean silenceWritten,
        Duration offlineGrace,
        Duration settle,
        Duration serverGrace,
        Duration probation) {

    /** 10 m silence (not written), 10 s grace, 3 s settle, 2 m for a server, 5 m probation. */
    public static final PresenceRules DEFAULT = new PresenceRules(
            Duration.ofMinutes(10),
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5));

    public PresenceRules withSilenceTimeout(Duration value) {
        return new PresenceRules(value, true, offlineGrace, settle, serverGrace, probation);
    }

    public PresenceRules withOfflineGrace(Duration value) {
        return new PresenceRules(silenceTimeout, silenceWritten, value, settle, serverGrace, probation);
    }
}
