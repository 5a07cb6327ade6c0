package io.akrimqtt.presence.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest transitions of a device in a few bytes each; the oldest makes room. Confined to its table. */
final class History {

    private long[] times = {};
    private @Nullable String[] topics = {};
    private Presence[] from = {};
    private Presence[] to = {};
    private Reason[] reasons = {};
    private int next;
    private int size;

    void add(Presence was, Presence is, Reason reason, @Nullable String topic, long at) {
        if (size == times.length && size < PresenceTable.MAX_TRANSITIONS) {
            grow(Math.min(PresenceTable.MAX_TRANSITIONS, Math.max(2, size * 2)));
        }
        times[next] = at;
        topics[next] = topic;
        from[next] = was;
        to[next] = is;
        reasons[next] = reason;
        next = (next + 1) % times.length;
        size = Math.min(size + 1, times.length);
    }

    private void grow(int capacity) {
        times = Arrays.copyOf(times, capacity);
        topics = Arrays.copyOf(topics, capacity);
        from = Arrays.copyOf(from, capacity);
        to = Arrays.copyOf(to, capacity);
        reasons = Arrays.copyOf(reasons, capacity);
        next = size;
    }

    List<Transition> transitions() {
        var all = new ArrayList<Transition>(size);
        for (int i = 0; i < size; i++) {
            int slot = (next - size + i + times.length) % times.length;
            var reason = reasons[slot];
            all.add(new Transition(
                    from[slot],
                    to[slot],
                    new Evidence(reason.kind(), topics[slot], Times.instant(times[slot]), reason.text())));
        }
        return all;
    }
}
