package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import io.akrimqtt.cli.agent.AgentEvent.InstanceCreated;
import io.akrimqtt.cli.agent.AgentEvent.InstanceDeleted;
import io.akrimqtt.cli.agent.AgentEvent.InstanceUpdated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Instances of one node, brought in line with what is discovered: deletions first, then the rest. Confined to its core. */
final class InstanceTable {

    private final String node;
    private final Map<String, Instance> byName = new TreeMap<>();

    InstanceTable(String node) {
        this.node = node;
    }

    List<Instance> all() {
        return List.copyOf(byName.values());
    }

    /** Makes the Instances of a Configuration those of the devices, and says what that took. */
    List<AgentEvent> settle(AgentConfiguration configuration, List<ReportedDevice> devices, Deletion reason) {
        var first = new LinkedHashMap<String, ReportedDevice>();
        var last = new LinkedHashMap<String, ReportedDevice>();
        for (var device : devices) {
            var name = configuration.name() + "-" + hash(device);
            first.putIfAbsent(name, device);
            last.put(name, device);
        }
        var events = new ArrayList<AgentEvent>();
        for (var instance : all()) {
            if (instance.configuration().equals(configuration.name()) && !last.containsKey(instance.name())) {
                byName.remove(instance.name());
                events.add(new InstanceDeleted(instance, reason));
            }
        }
        last.forEach((name, device) -> apply(name, configuration, device, first.getOrDefault(name, device), events));
        return events;
    }

    private String hash(ReportedDevice device) {
        return DeviceHash.of(device.id(), device.shared(), node);
    }

    /** The last of several devices with one name makes the Instance; the first makes the environment (unique_by). */
    private void apply(
            String name,
            AgentConfiguration configuration,
            ReportedDevice device,
            ReportedDevice plugged,
            List<AgentEvent> events) {
        var hash = hash(device);
        @Nullable Instance old = byName.get(name);
        var instance = new Instance(
                name,
                configuration.name(),
                device.id(),
                hash,
                device.shared(),
                node,
                configuration.capacity(),
                overlaid(device, configuration),
                old == null ? environment(overlaid(plugged, configuration), hash) : old.environment());
        byName.put(name, instance);
        if (old == null) {
            events.add(new InstanceCreated(instance));
        } else if (!old.equals(instance)) {
            events.add(new InstanceUpdated(instance));
        }
    }

    private static Map<String, String> overlaid(ReportedDevice device, AgentConfiguration configuration) {
        var properties = new HashMap<>(device.properties());
        properties.putAll(configuration.brokerProperties());
        return properties;
    }

    /** Akri writes {@code key=value} and splits it at the first '=' again (cdi_device_to_car). */
    private static Map<String, String> environment(Map<String, String> properties, String hash) {
        var environment = new TreeMap<String, String>();
        properties.forEach((key, value) -> {
            var line = key + "=" + value;
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
            environment.put(
                    line.substring(0, equals) + "_" + hash.toUpperCase(Locale.ROOT), line.substring(equals + 1));
        });
        return environment;
    }
}
