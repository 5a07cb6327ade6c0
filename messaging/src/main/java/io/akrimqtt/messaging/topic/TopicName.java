package io.akrimqtt.messaging.topic;

import java.util.Optional;

/**
 * A topic that a message is published to: 1 to 65,535 bytes of UTF-8, without wildcards and U+0000.
 *
 * @param value the topic as it stands on the wire; empty levels, spaces and {@code $} are legal
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901241">MQTT 5.0, section 4.7</a>
 */
public record TopicName(String value) {

    /** @throws IllegalArgumentException where {@link #problem} tells something */
    public TopicName {
        problem(value).ifPresent(problem -> {
            throw new IllegalArgumentException("topic: " + TopicRules.quote(value) + " " + problem);
        });
    }

    /**
     * Makes a topic name of text that a person wrote.
     *
     * @throws IllegalArgumentException where {@link #problem} tells something
     */
    public static TopicName of(String value) {
        return new TopicName(value);
    }

    /** What is wrong with a text as a topic name, or empty where nothing is. */
    public static Optional<String> problem(String value) {
        var problem = TopicRules.textProblem(value);
        if (problem.isPresent()) {
            return problem;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#') {
                return Optional.of(
                        "has the wildcard '" + c + "' at index " + i + " (expected: a topic without wildcards)");
            }
        }
        return Optional.empty();
    }

    /** Whether only filters that begin with the same {@code $} level match it (section 4.7.2). */
    public boolean reserved() {
        return value.charAt(0) == '$';
    }

    @Override
    public String toString() {
        return value;
    }
}
