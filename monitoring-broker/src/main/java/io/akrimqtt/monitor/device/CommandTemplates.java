package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules of the templates that commands and answers travel on. */
final class CommandTemplates {

    private static final String COMMAND = "command";
    private static final String REQUEST = "request";
    private static final String STATUS = "status";

    private CommandTemplates() {}

    /** What is wrong with the template of requests, or empty. */
    static Optional<String> requestProblem(String text) {
        return TopicTemplate.problem(text).or(() -> {
            var open = TopicTemplate.of(text).open();
            return open.contains(COMMAND)
                    ? unknown(open, Set.of(COMMAND, REQUEST))
                    : Optional.of("has no {command} (expected: a topic with the level {command})");
        });
    }

    /**
     * What is wrong with the template of answers, or empty.
     *
     * @param byTopicIds whether the template of requests has {@code {request}}
     */
    static Optional<String> responseProblem(String text, boolean byTopicIds) {
        return TopicTemplate.problem(text).or(() -> {
            var open = TopicTemplate.of(text).open();
            if (byTopicIds && !open.contains(REQUEST)) {
                return Optional.of("has no {request} (expected: the level {request}, as the command topic has it)");
            }
            return unknown(open, byTopicIds ? Set.of(COMMAND, REQUEST, STATUS) : Set.of(COMMAND));
        });
    }

    private static Optional<String> unknown(Set<String> open, Set<String> known) {
        var unknown = new TreeSet<>(open);
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("has the open level {" + unknown.first() + "} (expected: only {"
                        + String.join("}, {", new TreeSet<>(known)) + "})");
    }
}
