package io.akrimqtt.cli.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be done later; a later wish under the same key replaces an earlier one. Confined to its loop. */
final class Timetable {

    private record Due(Instant at, Runnable task) {}

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Map<Object, Due> dues = new HashMap<>();

    void put(Object key, Instant at, Runnable task) {
        dues.put(key, new Due(at, task));
    }

    void clear() {
        dues.clear();
    }

    Duration untilNext(Instant now) {
        return dues.values().stream()
                .map(due -> Duration.between(now, due.at()))
                .min(Duration::compareTo)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
    }

    /** Takes out what is due, the earliest first. */
    List<Runnable> take(Instant now) {
        var due = new LinkedHashMap<Object, Due>();
        dues.entrySet().stream()
                .filter(entry -> !entry.getValue().at().isAfter(now))
                .sorted(Map.Entry.comparingByValue((a, b) -> a.at().compareTo(b.at())))
                .forEach(entry -> due.put(entry.getKey(), entry.getValue()));
        dues.keySet().removeAll(due.keySet());
        return due.values().stream().map(Due::task).toList();
    }
}
