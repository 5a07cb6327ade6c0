package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.List;

/** Which topic filters say nothing that another does not say already. */
final class TopicCover {

    private TopicCover() {}

    /** The filters without those that another one covers, so that servers send what matches several of them once. */
    static List<TopicFilter> reduce(List<TopicFilter> filters) {
        var distinct = filters.stream().distinct().toList();
        return distinct.stream()
                .filter(filter -> distinct.stream().noneMatch(other -> !other.equals(filter) && covers(other, filter)))
                .toList();
    }

    /** Whether all topics that the one matches are matched by the other; shared subscriptions cover nothing. */
    static boolean covers(TopicFilter wide, TopicFilter narrow) {
        if (wide.shared() || narrow.shared()) {
            return false;
        }
        var w = wide.value().split("/", -1);
        var n = narrow.value().split("/", -1);
        if (n[0].startsWith("$") && !w[0].equals(n[0])) {
            return false;
        }
        for (int i = 0; i < w.length; i++) {
            if (w[i].equals("#")) {
                return true;
            }
            boolean matches = i < n.length && !n[i].equals("#") && (w[i].equals("+") || w[i].equals(n[i]));
            if (!matches) {
                return false;
            }
        }
        return w.length == n.length;
    }
}
