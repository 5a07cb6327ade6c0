package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The device, as the discovery handler described it.
 *
 * @param id the topic up to and including the device level
 * @param name the device level alone
 * @param properties what Akri gave for the device, by the plain names; no secrets
 * @param telemetryFilters at least one
 * @param commands where it takes commands, or null where it takes none
 */
public record DeviceDescription(
        TopicName id,
        String name,
        Map<String, String> properties,
        List<TopicFilter> telemetryFilters,
        @Nullable CommandTopics commands) {

    public DeviceDescription {
        properties = Map.copyOf(properties);
        telemetryFilters = List.copyOf(telemetryFilters);
    }
}
