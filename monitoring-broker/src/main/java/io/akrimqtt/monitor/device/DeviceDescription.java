package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.WayOfAsking;
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
 * @param way how it, or the devices of the group, are asked
 * @param members the devices of the group that this is, or null where it is a device
 */
public record DeviceDescription(
        TopicName id,
        String name,
        Map<String, String> properties,
        List<TopicFilter> telemetryFilters,
        @Nullable CommandTopics commands,
        WayOfAsking way,
        @Nullable MemberTopics members) {

    public DeviceDescription {
        properties = Map.copyOf(properties);
        telemetryFilters = List.copyOf(telemetryFilters);
    }

    /** Topics that commands go to, whoever of a group they are for: nobody talks there but those who command. */
    public List<TopicFilter> commandFilters() {
        var own = commands;
        var group = members;
        if (own != null) {
            return List.of(own.request().filter());
        }
        return group == null ? List.of() : group.commandFilters();
    }
}
