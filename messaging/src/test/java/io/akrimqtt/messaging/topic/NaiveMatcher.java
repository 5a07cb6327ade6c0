package io.akrimqtt.messaging.topic;

import java.util.Arrays;
import java.util.List;

/** The rules of MQTT 5.0, section 4.7, as plainly as they can be written; slow, to compare with. */
final class NaiveMatcher {

    private NaiveMatcher() {}

    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        return matches(Arrays.asList(filter.split("/", -1)), Arrays.asList(topic.split("/", -1)));
    }

    private static boolean matches(List<String> filter, List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        if (filter.getFirst().equals("#")) {
            return true;
        }
        if (topic.isEmpty()) {
            return false;
        }
        boolean level = filter.getFirst().equals("+") || filter.getFirst().equals(topic.getFirst());
        return level && matches(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }
}
