package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent knows of Instances: its copy of the API server's, and the environment that it fixed for each device when it first
 * listed it. Confined to its core.
 */
final class InstanceCache {

    /** The property by which our devices are known; those of other handlers by what they were listed as, or the Instance's name. */
    private static final String DEVICE_ID = "MQTT_DEVICE_ID";

    private final String node;
    private final Map<String, InstanceView> views = new TreeMap<>();
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Deletion> expected = new HashMap<>();

    InstanceCache(String node) {
        this.node = node;
    }

    void seen(InstanceView view) {
        views.put(view.key(), view);
    }

    /** Why this node is about to delete an Instance; null takes it back. */
    void expect(InstanceView view, @Nullable Deletion reason) {
        if (reason == null) {
            expected.remove(view.uid());
        } else {
            expected.put(view.uid(), reason);
        }
    }

    /** An Instance of this node that is no more, and why; empty for one of other nodes. */
    Optional<AgentEvent.InstanceDeleted> gone(String namespace, String name, Deletion otherwise) {
        @Nullable InstanceView view = views.remove(namespace + "/" + name);
        if (view == null) {
            return Optional.empty();
        }
        var instance = instance(view);
        environments.remove(name);
        ids.remove(name);
        @Nullable Deletion reason = expected.remove(view.uid());
        return view.nodes().contains(node)
                ? Optional.of(new AgentEvent.InstanceDeleted(instance, reason == null ? otherwise : reason))
                : Optional.empty();
    }

    /** Which Configuration an Instance names; empty for one that is not known. */
    Optional<ConfigurationKey> configuration(String namespace, String name) {
        return Optional.ofNullable(views.get(namespace + "/" + name))
                .map(view -> new ConfigurationKey(namespace, view.configuration()));
    }

    /** A new process knows nothing of devices; the Instances it reads again. */
    void crash() {
        environments.clear();
        ids.clear();
        expected.clear();
    }

    List<InstanceView> views() {
        return List.copyOf(views.values());
    }

    /** The Instances that this node has. */
    List<Instance> mine() {
        return views.values().stream()
                .filter(view -> view.nodes().contains(node))
                .map(this::instance)
                .toList();
    }

    Instance instance(InstanceView view) {
        return new Instance(
                view.name(),
                view.configuration(),
                view.brokerProperties().getOrDefault(DEVICE_ID, ids.getOrDefault(view.name(), view.name())),
                view.hash(),
                view.shared(),
                node,
                view.capacity(),
                view.brokerProperties(),
                environments.getOrDefault(view.name(), Map.of()));
    }

    /** Empty for an Instance whose device no list had since the process started. */
    Optional<Map<String, String>> environment(String instance) {
        return Optional.ofNullable(environments.get(instance));
    }

    /** The Instances of listed devices, in order; of several with one name all are made, and the first fixes the environment. */
    List<Instance> listed(AgentConfiguration configuration, List<ReportedDevice> devices) {
        var all = new ArrayList<Instance>();
        for (var device : devices) {
            var hash = DeviceHash.of(device.id(), device.shared(), node);
            var name = configuration.name() + "-" + hash;
            ids.put(name, device.id());
            var properties = new HashMap<>(device.properties());
            properties.putAll(configuration.brokerProperties());
            all.add(new Instance(
                    name,
                    configuration.name(),
                    device.id(),
                    hash,
                    device.shared(),
                    node,
                    configuration.capacity(),
                    properties,
                    fixed(name, properties, hash)));
        }
        return all;
    }

    private Map<String, String> fixed(String name, Map<String, String> properties, String hash) {
        @Nullable Map<String, String> old = environments.get(name);
        if (old != null) {
            return old;
        }
        var environment = environment(properties, hash);
        environments.put(name, environment);
        return environment;
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
