package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.placement.Nodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts Configurations, watches and Instances together. It remembers with which details each Configuration was asked about, since a
 * request lives on with the old ones after an edit.
 */
final class Grouping {

    private final Map<String, DetailsResult> read = new HashMap<>();
    private final Map<String, DiscoveryDetails> asked = new HashMap<>();

    Moment moment(Instant now, ServedState served, ClusterState cluster, Nodes nodes) {
        var ours = ours(served, cluster);
        var watches = new LinkedHashMap<DiscoveryDetails, List<ServedWatch>>();
        served.watches()
                .forEach(watch -> watches.computeIfAbsent(watch.details(), _ -> new ArrayList<>())
                        .add(watch));
        var members = new HashMap<DiscoveryDetails, List<ConfigurationState>>();
        var edited = new LinkedHashMap<ConfigurationState, DiscoveryDetails>();
        assign(served, ours, watches, members, edited);
        var instances = byConfiguration(cluster);
        var groups = new LinkedHashMap<DiscoveryDetails, Group>();
        watches.forEach((details, each) -> groups.put(
                details, new Members(details, each, members.getOrDefault(details, List.of()), instances).group()));
        var stale = new LinkedHashMap<String, Moment.Stale>();
        edited.forEach((configuration, before) -> {
            @Nullable Group group = groups.get(before);
            if (group != null) {
                stale.put(configuration.ref().uid(), new Moment.Stale(configuration, group));
            }
        });
        var byUid = new HashMap<String, ConfigurationState>();
        ours.forEach(each -> byUid.put(each.ref().uid(), each));
        return new Moment(now, served, cluster, nodes, List.copyOf(groups.values()), byUid, stale);
    }

    /** Those that ask for this handler, and those that did when they were asked about. */
    private List<ConfigurationState> ours(ServedState served, ClusterState cluster) {
        var ours = cluster.configurations().stream()
                .filter(each -> each.handler().equals(served.handler())
                        || asked.containsKey(each.ref().uid()))
                .toList();
        if (cluster.reachable()) {
            asked.keySet().retainAll(ours.stream().map(each -> each.ref().uid()).toList());
            read.keySet()
                    .retainAll(ours.stream().map(ConfigurationState::details).toList());
        }
        return ours;
    }

    private void assign(
            ServedState served,
            List<ConfigurationState> ours,
            Map<DiscoveryDetails, List<ServedWatch>> watches,
            Map<DiscoveryDetails, List<ConfigurationState>> members,
            Map<ConfigurationState, DiscoveryDetails> edited) {
        var changed = new LinkedHashMap<ConfigurationState, Optional<DiscoveryDetails>>();
        for (var each : ours) {
            var wanted = each.handler().equals(served.handler()) ? details(each) : Optional.<DiscoveryDetails>empty();
            @Nullable DiscoveryDetails before = asked.get(each.ref().uid());
            if (before != null && !wanted.equals(Optional.of(before))) {
                changed.put(each, wanted);
            } else {
                wanted.ifPresent(details -> join(each, details, watches, members));
            }
        }
        changed.forEach((each, wanted) -> {
            var before = asked.get(each.ref().uid());
            // More streams than Configurations that have these details now: one of them is for this one.
            boolean lives = before != null
                    && streams(watches, before)
                            > members.getOrDefault(before, List.of()).size();
            if (before != null && lives) {
                edited.put(each, before);
                members.computeIfAbsent(before, _ -> new ArrayList<>()).add(each);
            } else {
                wanted.ifPresent(details -> join(each, details, watches, members));
            }
        });
    }

    private void join(
            ConfigurationState configuration,
            DiscoveryDetails details,
            Map<DiscoveryDetails, List<ServedWatch>> watches,
            Map<DiscoveryDetails, List<ConfigurationState>> members) {
        members.computeIfAbsent(details, _ -> new ArrayList<>()).add(configuration);
        if (streams(watches, details) > 0) {
            asked.put(configuration.ref().uid(), details);
        }
    }

    private static int streams(Map<DiscoveryDetails, List<ServedWatch>> watches, DiscoveryDetails details) {
        return watches.getOrDefault(details, List.of()).stream()
                .mapToInt(ServedWatch::streams)
                .sum();
    }

    /** What a Configuration says, if it can be read. */
    Optional<DiscoveryDetails> details(ConfigurationState configuration) {
        return switch (result(configuration)) {
            case DetailsResult.Checked(var details) -> Optional.of(details);
            case DetailsResult.Refused _ -> Optional.empty();
        };
    }

    DetailsResult result(ConfigurationState configuration) {
        return read.computeIfAbsent(configuration.details(), text -> DetailsParser.parse("discoveryDetails", text));
    }

    private static Map<String, Map<String, InstanceState>> byConfiguration(ClusterState cluster) {
        var all = new HashMap<String, Map<String, InstanceState>>();
        for (var instance : cluster.instances()) {
            all.computeIfAbsent(Moment.owner(instance, cluster), _ -> new LinkedHashMap<>())
                    .put(instance.hash(), instance);
        }
        return all;
    }
}
