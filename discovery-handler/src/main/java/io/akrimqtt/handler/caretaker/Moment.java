package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
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
        return Optional.ofNullable(configurations.get(instance.configurationUid()));
    }
}
