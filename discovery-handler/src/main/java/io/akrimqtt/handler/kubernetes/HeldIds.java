package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.ServedState;
import io.akrimqtt.handler.caretaker.ServedWatch;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which devices have an Instance, and under which id each was reported: it keeps that on every node, so that a name that two
 * devices would have is not given away. Remembers what it has parsed; confined to one thread.
 */
final class HeldIds {

    private Map<String, Parsed> parsed = new HashMap<>();

    private record Parsed(long generation, String text, Optional<DiscoveryDetails> details) {}

    /** By watch, device to the id under which it was reported. */
    Map<String, Map<String, String>> of(ServedState served, ClusterState cluster) {
        Map<String, Set<String>> watches = watches(served, cluster);
        var ids = new HashMap<String, Map<String, String>>();
        for (var instance : cluster.instances()) {
            @Nullable Set<String> names = watches.get(instance.configurationUid());
            @Nullable String device = instance.properties().get(InstanceState.DEVICE);
            if (names == null || device == null || !instance.marked()) {
                continue;
            }
            InstanceHash.reportedId(device, instance.hash())
                    .ifPresent(id -> names.forEach(watch ->
                            ids.computeIfAbsent(watch, _ -> new HashMap<>()).merge(device, id, HeldIds::plainer)));
        }
        return ids;
    }

    /** Two Instances of one device: the same answer on every node. */
    private static String plainer(String one, String other) {
        return one.length() != other.length()
                ? (one.length() < other.length() ? one : other)
                : (one.compareTo(other) <= 0 ? one : other);
    }

    /** By Configuration's UID, the names of the watches that serve it. */
    private Map<String, Set<String>> watches(ServedState served, ClusterState cluster) {
        var now = new HashMap<String, Parsed>();
        var watches = new HashMap<String, Set<String>>();
        for (var configuration : cluster.configurations()) {
            if (!configuration.handler().equals(served.handler())) {
                continue;
            }
            var uid = configuration.ref().uid();
            var details = parse(configuration);
            now.put(uid, details);
            for (ServedWatch watch : served.watches()) {
                if (details.details().filter(watch.details()::equals).isPresent()) {
                    watches.computeIfAbsent(uid, _ -> new HashSet<>()).add(watch.name());
                }
            }
        }
        parsed = now;
        return watches;
    }

    private Parsed parse(ConfigurationState configuration) {
        @Nullable Parsed known = parsed.get(configuration.ref().uid());
        if (known != null
                && known.generation() == configuration.generation()
                && known.text().equals(configuration.details())) {
            return known;
        }
        var result = DetailsParser.parse(configuration.ref().name(), configuration.details());
        var details = result instanceof DetailsResult.Checked(var checked)
                ? Optional.of(checked)
                : Optional.<DiscoveryDetails>empty();
        return new Parsed(configuration.generation(), configuration.details(), details);
    }
}
