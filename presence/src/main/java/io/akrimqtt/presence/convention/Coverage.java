package io.akrimqtt.presence.convention;

import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Which filters get everything that others get. */
final class Coverage {

    private Coverage() {}

    /** The filters in their order, without those that another covers, so that messages come once. */
    static List<TopicFilter> without(List<TopicFilter> filters) {
        var distinct = List.copyOf(new LinkedHashSet<>(filters));
        var needed = new ArrayList<TopicFilter>();
        for (var filter : distinct) {
            boolean covered = distinct.stream().anyMatch(other -> !other.equals(filter) && covers(other, filter));
            if (!covered) {
                needed.add(filter);
            }
        }
        return List.copyOf(needed);
    }

    /** Whether every topic that matches one filter matches another. */
    static boolean covers(TopicFilter wide, TopicFilter narrow) {
        var wider = wide.value().split("/", -1);
        var narrower = narrow.value().split("/", -1);
        boolean wildcardFirst = wider[0].equals("+") || wider[0].equals("#");
        if (wildcardFirst && narrower[0].startsWith("$")) {
            return false;
        }
        for (int level = 0; level < wider.length; level++) {
            if (wider[level].equals("#")) {
                return true;
            }
            if (level == narrower.length || !covers(wider[level], narrower[level])) {
                return false;
            }
        }
        return wider.length == narrower.length;
    }

    private static boolean covers(String wide, String narrow) {
        return wide.equals(narrow) || (wide.equals("+") && !narrow.equals("#"));
    }
}
