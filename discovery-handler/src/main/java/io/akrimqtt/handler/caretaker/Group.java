package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.details.DiscoveryDetails;
import java.time.Instant;
import java.util.List;

/**
 * Configurations with equal details and the watches that serve them. A stream does not say which Configuration it is for, so that
 * they are served, and judged, alike.
 *
 * @param watches those of other credentials among them
 * @param strays Instances of these Configurations whose device no watch lists or reports
 */
record Group(
        DiscoveryDetails details,
        List<ServedWatch> watches,
        List<ConfigurationState> configurations,
        List<Item> items,
        List<InstanceState> strays) {

    int streams() {
        return watches.stream().mapToInt(ServedWatch::streams).sum();
    }

    /** Whether every stream has had lists for the whole offline grace: only then is it known that nobody reports a device. */
    boolean known(Instant now) {
        var streaming = watches.stream().filter(watch -> watch.streams() > 0).toList();
        return !streaming.isEmpty() && streaming.stream().allMatch(watch -> known(watch, now));
    }

    private boolean known(ServedWatch watch, Instant now) {
        return watch.listSent()
                && watch.streamsSince()
                        .filter(since ->
                                !now.isBefore(since.plus(details.rules().offlineGrace())))
                        .isPresent();
    }
}
