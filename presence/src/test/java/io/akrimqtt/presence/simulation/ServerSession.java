package io.akrimqtt.presence.simulation;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server knows of a client: subscriptions and what waits for it. */
final class ServerSession {

    final String clientId;
    final boolean persistent;
    final List<TopicFilter> filters = new ArrayList<>();
    final Deque<Packet> waiting = new ArrayDeque<>();

    @Nullable
    Line line;

    int dropped;

    ServerSession(String clientId, boolean persistent) {
        this.clientId = clientId;
        this.persistent = persistent;
    }

    boolean wants(TopicName topic) {
        return filters.stream().anyMatch(filter -> filter.matches(topic));
    }

    boolean connected() {
        return line != null && line.open();
    }

    /** As it is on the disk. */
    ServerSession copy() {
        var copy = new ServerSession(clientId, persistent);
        copy.filters.addAll(filters);
        copy.waiting.addAll(waiting);
        return copy;
    }
}
