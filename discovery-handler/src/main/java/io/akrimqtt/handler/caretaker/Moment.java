package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.placement.Nodes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one turn looks at.
 *
 * @param configurations by UID, those of other handlers left out
 * @param stale the UIDs of Configurations whose agent still asks with details from before an edit
 */
record Moment(
        Instant now,
        ServedState served,
        ClusterState cluster,
        Nodes nodes,
        List<Group> groups,
        Map<String, ConfigurationState> configurations,
        Map<String, Stale> stale) {

    /** A Configuration that was edited while its request lives, and the group that still serves it. */
    record Stale(ConfigurationState configuration, Group group) {}

    String self() {
        return served.node();
    }

    Optional<ConfigurationState> configurationOf(InstanceState instance) {
        return Optional.ofNullable(configurations.get(owner(instance, cluster)));
    }

    /**
     * The UID of the Configuration that an Instance belongs to: its owner's. The last agent that takes itself off takes the owner
     * off with it; then the name tells, in the same namespace. Empty where there is none of that name.
     */
    static String owner(InstanceState instance, ClusterState cluster) {
        if (!instance.configurationUid().isEmpty() || !instance.nodes().isEmpty()) {
            return instance.configurationUid();
        }
        return cluster.configurations().stream()
                .map(ConfigurationState::ref)
                .filter(each -> each.name().equals(instance.configuration())
                        && each.namespace().equals(instance.ref().namespace()))
                .map(ObjectRef::uid)
                .findFirst()
                .orElse("");
    }
}
