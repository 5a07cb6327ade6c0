package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The last message of each topic, bounded by topics and by bytes; what finds no room is not held, and neither is what came on
 * its topic before. Written by one thread, its owner; read by any thread.
 */
final class LastValues {

    private final ConcurrentHashMap<TopicName, TelemetryEntry> byTopic = new ConcurrentHashMap<>();
    private final int maxTopics;
    private final long maxBytes;

    /** The owner's alone. */
    private long bytes;

    LastValues(int maxTopics, long maxBytes) {
        this.maxTopics = maxTopics;
        this.maxBytes = maxBytes;
    }

    /** Keeps a message as its topic's last, and says whether there was room. For the owner only. */
    boolean put(TelemetryEntry entry) {
        var topic = entry.message().topic();
        var before = byTopic.get(topic);
        long others = bytes - (before == null ? 0 : before.size());
        boolean room = others + entry.size() <= maxBytes && (before != null || byTopic.size() < maxTopics);
        if (room) {
            byTopic.put(topic, entry);
            bytes = others + entry.size();
        } else {
            forget(topic);
        }
        return room;
    }

    /** Forgets a topic's message, where a later one could not be held. For the owner only. */
    void forget(TopicName topic) {
        var before = byTopic.remove(topic);
        bytes -= before == null ? 0 : before.size();
    }

    /** The last message of a topic, where it is held. */
    Optional<TelemetryEntry> of(TopicName topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    /**
     * The last messages, in the order of their arrival.
     *
     * @param last the latest cursor to look at; topics with a newer message are left out
     */
    List<TelemetryEntry> upTo(long last, Predicate<TopicName> wanted) {
        return byTopic.values().stream()
                .filter(entry ->
                        entry.cursor() <= last && wanted.test(entry.message().topic()))
                .sorted(Comparator.comparingLong(TelemetryEntry::cursor))
                .toList();
    }
}
