package io.akrimqtt.messaging.topic;

import java.util.ArrayList;
import java.util.List;

/** All topics and filters of up to four levels from a few words, the empty one among them. */
final class SmallWorld {

    private static final int LEVELS = 4;

    private SmallWorld() {}

    static List<String> topics() {
        return all(List.of("", "a", "$b")).stream()
                .filter(text -> TopicName.problem(text).isEmpty())
                .toList();
    }

    static List<String> filters() {
        return all(List.of("", "a", "$b", "+", "#")).stream()
                .filter(text -> TopicFilter.problem(text).isEmpty())
                .toList();
    }

    private static List<String> all(List<String> words) {
        var all = new ArrayList<String>();
        List<String> longest = words;
        for (int levels = 1; levels <= LEVELS; levels++) {
            all.addAll(longest);
            var longer = new ArrayList<String>();
            for (var text : longest) {
                words.forEach(word -> longer.add(text + "/" + word));
            }
            longest = longer;
        }
        return all;
    }
}
