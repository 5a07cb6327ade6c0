package io.akrimqtt.presence.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What happened in the world and what the tracker made of it, in order, as lines of text. */
final class Timeline {

    /** Of the same changes that come together, all beyond so many are counted only. */
    private static final int NAMED = 3;

    private static final Duration TOGETHER = Duration.ofSeconds(10);

    private record Entry(Instant at, String who, String text) {}

    private record Same(String who, String text) {}

    private record Batch(Instant since, Set<String> subjects) {}

    private final Simulation simulation;
    private final List<Entry> entries = new ArrayList<>();
    private final LinkedHashMap<Same, Batch> together = new LinkedHashMap<>();
    private Instant togetherSince = Instant.MIN;

    Timeline(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Something happened to a device or a server. */
    void world(String who, String text) {
        add(who, text);
    }

    /** The tracker did something. */
    void tracker(String text) {
        add("TRACKER", text);
    }

    /** The tracker believes something else of a device. */
    void believes(String device, String text) {
        many("TRACKER", device, text);
    }

    /** What may happen to many: equal news become one line. */
    void many(String who, String subject, String text) {
        var now = simulation.now();
        boolean again =
                together.values().stream().anyMatch(batch -> batch.subjects().contains(subject));
        if (again || (!together.isEmpty() && now.isAfter(togetherSince.plus(TOGETHER)))) {
            flush();
        }
        if (together.isEmpty()) {
            togetherSince = now;
        }
        together.computeIfAbsent(new Same(who, text), _ -> new Batch(now, new LinkedHashSet<>()))
                .subjects()
                .add(subject);
    }

    private void add(String who, String text) {
        flush();
        entries.add(new Entry(simulation.now(), who, text));
    }

    private void flush() {
        together.forEach((same, batch) ->
                entries.add(new Entry(batch.since(), same.who(), named(batch.subjects()) + same.text())));
        together.clear();
    }

    private static String named(Set<String> devices) {
        var names = List.copyOf(devices);
        return names.size() <= NAMED
                ? String.join(", ", names)
                : "%s and %d more".formatted(names.getFirst(), names.size() - 1);
    }

    List<String> lines() {
        flush();
        return entries.stream()
                .map(entry -> "%s  %-8s %s".formatted(clock(entry.at()), entry.who(), entry.text()))
                .toList();
    }

    private static String clock(Instant at) {
        var since = Duration.between(Simulation.BEGIN, at);
        return "%4d:%02d:%02d.%03d"
                .formatted(since.toHours(), since.toMinutesPart(), since.toSecondsPart(), since.toMillisPart());
    }
}
