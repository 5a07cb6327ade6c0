package io.akrimqtt.messaging.rpc;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest calls that have ended, so that an answer that comes late finds its call. Bounded: the oldest one is forgotten, and
 * its answer counts as nobody's. Confined to one thread, but for {@link #find}.
 */
final class EndedCalls {

    private final int most;
    private final ArrayDeque<CallId> order = new ArrayDeque<>();
    private final Map<CallId, Call> calls = new ConcurrentHashMap<>();

    EndedCalls(int most) {
        this.most = most;
    }

    void add(CallId id, Call call) {
        if (calls.put(id, call) == null) {
            order.add(id);
        }
        if (order.size() > most) {
            calls.remove(order.remove());
        }
    }

    /** Thread-safe. */
    Optional<Call> find(CallId id) {
        return Optional.ofNullable(calls.get(id));
    }
}
