package io.akrimqtt.messaging.topic;

import java.util.Optional;

/**
 * A topic filter: levels, of which {@code +} matches any one level and a last {@code #} matches the rest, none included.
 *
 * <p>A filter whose first level is a wildcard matches no topic that begins with {@code $}.
 *
 * @param value the filter as it stands on the wire, shared subscriptions ({@code $share/group/filter}) included
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901241">MQTT 5.0, section 4.7</a>
 */
public record TopicFilter(String value) {

    private static final String SHARE = "$share/";

    /** @throws IllegalArgumentException where {@link #problem} tells something */
    public TopicFilter {
        problem(value).ifPresent(problem -> {
            throw new IllegalArgumentException("topic filter: " + TopicRules.quote(value) + " " + problem);
        });
    }

    /**
     * Makes a filter of text that a person wrote.
     *
     * @throws IllegalArgumentException where {@link #problem} tells something
     */
    public static TopicFilter of(String value) {
        return new TopicFilter(value);
    }

    /** The filter that matches just this topic. */
    public static TopicFilter exactly(TopicName topic) {
        return new TopicFilter(topic.value());
    }

    /** What is wrong with a text as a topic filter, or empty where nothing is. */
    public static Optional<String> problem(String value) {
        var problem = TopicRules.textProblem(value);
        if (problem.isPresent()) {
            return problem;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean startsLevel = i == 0 || value.charAt(i - 1) == '/';
            boolean endsLevel = i == value.length() - 1 || value.charAt(i + 1) == '/';
            if (c == '#' && !(startsLevel && i == value.length() - 1)) {
                return Optional.of("has '#' at index " + i + " (expected: '#' only as the whole last level)");
            }
            if (c == '+' && !(startsLevel && endsLevel)) {
                return Optional.of(
                        "has '+' at index " + i + " beside other characters (expected: '+' as a whole level)");
            }
        }
        return value.startsWith(SHARE) ? shareProblem(value) : Optional.empty();
    }

    private static Optional<String> shareProblem(String value) {
        int end = value.indexOf('/', SHARE.length());
        String group = end < 0 ? value.substring(SHARE.length()) : value.substring(SHARE.length(), end);
        if (group.isEmpty() || group.contains("+") || group.contains("#")) {
            return Optional.of("has no share name (expected: $share/<name>/<filter>)");
        }
        return end < 0 || end == value.length() - 1
                ? Optional.of("has no filter behind the share name (expected: $share/<name>/<filter>)")
                : Optional.empty();
    }

    /** Whether it is a shared subscription, which gets a part of the messages and no retained ones. */
    public boolean shared() {
        return value.startsWith(SHARE);
    }

    /** The filter that topics are matched against: without {@code $share/<name>/}. */
    public String matched() {
        return shared() ? value.substring(value.indexOf('/', SHARE.length()) + 1) : value;
    }

    /** Whether it has a wildcard. */
    public boolean wildcard() {
        var matched = matched();
        return matched.indexOf('+') >= 0 || matched.indexOf('#') >= 0;
    }

    /** Whether a message that is published to the topic comes through this filter. */
    public boolean matches(TopicName topic) {
        return matches(matched(), topic.value());
    }

    private static boolean matches(String filter, String topic) {
        if (topic.charAt(0) == '$' && filter.charAt(0) != '$') {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            int filterEnd = end(filter, f);
            boolean any = filterEnd - f == 1;
            if (any && filter.charAt(f) == '#') {
                return true;
            }
            int topicEnd = end(topic, t);
            boolean same = (any && filter.charAt(f) == '+')
                    || (filterEnd - f == topicEnd - t && filter.regionMatches(f, topic, t, topicEnd - t));
            if (!same) {
                return false;
            }
            boolean filterDone = filterEnd == filter.length();
            boolean topicDone = topicEnd == topic.length();
            if (topicDone) {
                return filterDone || (filter.startsWith("/#", filterEnd) && filterEnd + 2 == filter.length());
            }
            if (filterDone) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    /**
     * Whether every message that comes through the other filter comes through this one, too. May say no where it is yes in an
     * unusual spelling; shared subscriptions cover only themselves.
     */
    public boolean covers(TopicFilter other) {
        if (equals(other) || shared() || other.shared()) {
            return equals(other);
        }
        if (other.value.charAt(0) == '$' && value.charAt(0) != '$') {
            return false;
        }
        var mine = value.split("/", -1);
        var its = other.value.split("/", -1);
        for (int i = 0; i < mine.length; i++) {
            if (mine[i].equals("#")) {
                return true;
            }
            if (i == its.length || its[i].equals("#") || !(mine[i].equals("+") || mine[i].equals(its[i]))) {
                return false;
            }
        }
        return mine.length == its.length;
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    @Override
    public String toString() {
        return value;
    }
}
