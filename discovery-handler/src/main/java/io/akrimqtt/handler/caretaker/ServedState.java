package io.akrimqtt.handler.caretaker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What this handler does for Akri now.
 *
 * @param node the node's name in Kubernetes
 * @param handler the name that Configurations ask for
 * @param registeredAt when the agent that lives now took our registration; empty where none has
 * @param writes whether this process may write: during an upgrade only the newest of a node does
 */
public record ServedState(
        String node, String handler, Optional<Instant> registeredAt, boolean writes, List<ServedWatch> watches) {
    public ServedState {
        watches = List.copyOf(watches);
    }

    /** As a process that may write. */
    public ServedState(String node, String handler, Optional<Instant> registeredAt, List<ServedWatch> watches) {
        this(node, handler, registeredAt, true, watches);
    }
}
