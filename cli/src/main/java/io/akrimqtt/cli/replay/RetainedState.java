package io.akrimqtt.cli.replay;

import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.state.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The words about presence that one MQTT server retains, as far as the recording tells. Bounded: what is beyond is not
 * remembered, and reading it finds nothing. Confined to its replay.
 */
final class RetainedState {

    private static final int MAX_TOPICS = 1_000_000;

    private final Map<String, Sighting> words = new TreeMap<>();

    /** Everything is read anew. */
    void clear() {
        words.clear();
    }

    /** The topic's retained message is now this one; null where it says nothing about presence. */
    void put(String topic, @Nullable Sighting sighting) {
        boolean word = sighting != null && isWord(sighting.said());
        if (word && (words.size() < MAX_TOPICS || words.containsKey(topic))) {
            words.put(topic, sighting);
        } else if (!word) {
            words.remove(topic);
        }
    }

    private static boolean isWord(Said said) {
        return switch (said) {
            case ONLINE, OFFLINE, SLEEPING -> true;
            case ACTIVITY, EXISTS, GONE -> false;
        };
    }

    /** What reading some topics finds. */
    Map<String, Said> read(List<String> topics) {
        var found = new HashMap<String, Said>();
        for (var topic : topics) {
            @Nullable Sighting sighting = words.get(topic);
            if (sighting != null) {
                found.put(topic, sighting.said());
            }
        }
        return found;
    }

    /** What reading everything finds, in the order of the topics. */
    void readAll(BiConsumer<String, Sighting> reader) {
        words.forEach(reader);
    }
}
