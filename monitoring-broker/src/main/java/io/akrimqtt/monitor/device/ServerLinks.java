package io.akrimqtt.monitor.device;

import java.util.List;
import java.util.Optional;

/** All MQTT servers of the device, in the order in which they were given. Thread-safe. */
public record ServerLinks(List<ServerLink> all) {

    public ServerLinks {
        all = List.copyOf(all);
    }

    /** Adds a listener for what may make the workload ready or not, called on the clients' threads. */
    public void onChange(Runnable listener) {
        all.forEach(link -> link.onChange(listener));
    }

    /** Why the workload does no good yet, one sentence per server; none once one server is connected and subscribed. */
    public List<String> notReady() {
        var reasons =
                all.stream().map(ServerLink::notReady).flatMap(Optional::stream).toList();
        return reasons.size() < all.size() ? List.of() : reasons;
    }
}
