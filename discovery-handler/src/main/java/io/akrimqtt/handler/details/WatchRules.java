package io.akrimqtt.handler.details;

import io.akrimqtt.presence.state.PresenceTable;
import java.time.Duration;

/**
 * How a watch goes about it.
 *
 * @param audit how often what the MQTT servers retain is read again; zero for never
 * @param maxDevices further devices are refused and counted; 1 or more
 * @param minPublishInterval how far apart two lists for Akri are at least
 */
public record WatchRules(Duration audit, int maxDevices, Duration minPublishInterval) {

    public WatchRules withMaxDevices(int value) {
        return new WatchRules(audit, value, minPublishInterval);
    }

    public WatchRules withAudit(Duration value) {
        return new WatchRules(value, maxDevices, minPublishInterval);
    }

    /** An audit each 10 m, 50,000 devices, 1 s between lists. */
    public static final WatchRules DEFAULT =
            new WatchRules(Duration.ofMinutes(10), PresenceTable.DEFAULT_MAX_DEVICES, Duration.ofSeconds(1));
}
