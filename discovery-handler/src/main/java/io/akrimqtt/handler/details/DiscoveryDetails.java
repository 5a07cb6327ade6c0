package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.state.PresenceRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Configuration's {@code discoveryDetails}, checked.
 *
 * @param servers 1 to 16 URLs of MQTT servers; devices of the same topic are the same device on all of them
 * @param topics 1 to 256 filters; where two match a message, the first decides which device it is
 * @param status where devices state their presence; empty where that is turned off
 * @param rules silence, grace and their kin
 * @param watch audits and limits
 * @param commands where devices take commands, or null where they take none
 * @param qos at which quality of service live messages are wanted: 1 or 2
 */
public record DiscoveryDetails(
        List<ServerUrl> servers,
        List<DeviceFilter> topics,
        List<StatusTopic> status,
        PresenceRules rules,
        WatchRules watch,
        @Nullable CommandTopics commands,
        QualityOfService qos) {

    public DiscoveryDetails {
        servers = List.copyOf(servers);
        topics = List.copyOf(topics);
        status = List.copyOf(status);
    }
}
