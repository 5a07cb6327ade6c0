package io.akrimqtt.cli.local;

import io.akrimqtt.cli.cluster.node.ApiCounts;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run has written to the API server, and would have written to a real one: an event for each identity. */
final class ApiWrites {

    private ApiWrites() {}

    static List<Event> events(Map<ApiCounts.Sort, Long> writes, Instant now) {
        var byUser = new TreeMap<String, Map<String, Long>>();
        writes.forEach((sort, count) ->
                byUser.computeIfAbsent(sort.user(), _ -> new TreeMap<>()).merge(words(sort), count, Long::sum));
        return byUser.entrySet().stream()
                .map(user -> event(user.getKey(), user.getValue(), now))
                .toList();
    }

    private static Event event(String user, Map<String, Long> sorts, Instant now) {
        var most = Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder());
        var parts = sorts.entrySet().stream()
                .sorted(most.thenComparing(Map.Entry.comparingByKey()))
                .map(sort -> sort.getKey() + " " + sort.getValue())
                .collect(Collectors.joining(", "));
        return Event.of(EventType.API_WRITES, now)
                .with(Field.USER, user)
                .with(
                        Field.COUNT,
                        sorts.values().stream().mapToLong(Long::longValue).sum())
                .with(Field.TEXT, shortened(user) + ": " + parts);
    }

    private static String shortened(String user) {
        var last = user.substring(user.lastIndexOf(':') + 1);
        return user.startsWith("system:node:") ? "kubelet of " + last : last;
    }

    private static String words(ApiCounts.Sort sort) {
        return sort.verb().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                + sort.resource().plural();
    }
}
