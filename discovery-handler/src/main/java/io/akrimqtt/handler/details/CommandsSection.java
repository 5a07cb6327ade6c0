package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.topic.TopicTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The section {@code commands}: templates of topics. */
final class CommandsSection {

    /** So that a template with a device's id of 512 bytes in it still is a property of 1,024 bytes. */
    private static final int MAX_BYTES = 400;

    private static final String DEVICE = "{device}";
    private static final String COMMAND = "{command}";
    private static final String REQUEST = "{request}";
    private static final String STATUS = "{status}";
    private static final String TOPIC = "\"{device}/cmd/{command}\", or with {request} where answers come by topic ids";
    private static final String RESPONSE =
            "\"{device}/res/{command}\", or \"{device}/res/{request}/{status}\" where the command topic has {request}";

    private final Problems problems;

    private CommandsSection(Problems problems) {
        this.problems = problems;
    }

    /** Reads the section; empty, with a problem, where it says nothing that can be used. */
    static Optional<CommandTopics> read(Located value, Problems problems) {
        var reader = new CommandsSection(problems);
        return Fields.of(value, Keys.COMMANDS, problems).flatMap(fields -> reader.read(value, fields));
    }

    private Optional<CommandTopics> read(Located value, Fields fields) {
        var topic = fields.get("topic");
        if (topic.isEmpty()) {
            problems.at(value.node(), value.path() + ".topic", "missing", TOPIC);
        }
        var command = topic.flatMap(this::command);
        var response = fields.get("response")
                .flatMap(each -> template(each, List.of(DEVICE, COMMAND, REQUEST, STATUS), RESPONSE));
        command.ifPresent(text -> together(value, text, fields.get("response"), response));
        return command.map(text -> new CommandTopics(text, response.orElse(null)));
    }

    private Optional<String> command(Located value) {
        var text = template(value, List.of(DEVICE, COMMAND, REQUEST), TOPIC);
        if (text.isPresent() && !has(text.get(), COMMAND)) {
            problems.at(value.node(), value.path(), value.found() + " has no level {command}", TOPIC);
        }
        return text;
    }

    /** Topic ids need {@code {request}} on both ways. */
    private void together(Located section, String topic, Optional<Located> where, Optional<String> response) {
        if (where.isEmpty() && has(topic, REQUEST)) {
            problems.at(section.node(), section.path() + ".response", "missing, though topic has {request}", RESPONSE);
        }
        if (where.isEmpty() || response.isEmpty()) {
            return;
        }
        boolean asks = has(topic, REQUEST);
        boolean answers = has(response.get(), REQUEST);
        if (asks != answers) {
            var found =
                    where.get().found() + (asks ? " has no {request}, topic has" : " has {request}, topic has none");
            problems.at(where.get().node(), where.get().path(), found, "{request} in both or in none");
        } else if (has(response.get(), STATUS) && !answers) {
            var found = where.get().found() + " has {status} and no {request}";
            problems.at(where.get().node(), where.get().path(), found, RESPONSE);
        }
    }

    private Optional<String> template(Located value, List<String> allowed, String expected) {
        var text = Fields.text(value, expected, problems);
        if (text.isEmpty()) {
            return text;
        }
        var problem = problem(text.get(), allowed);
        problem.ifPresent(found -> problems.at(value.node(), value.path(), value.found() + " " + found, expected));
        return problem.isPresent() ? Optional.empty() : text;
    }

    private static Optional<String> problem(String text, List<String> allowed) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("is longer than " + MAX_BYTES + " bytes");
        }
        var problem = TopicTemplate.problem(text);
        if (problem.isPresent()) {
            return problem.map(sentence -> sentence.replaceFirst(" \\(expected: .*", ""));
        }
        if (!text.startsWith(DEVICE + "/")) {
            return Optional.of("does not begin with {device}/");
        }
        for (var name : TopicTemplate.of(text).open()) {
            var level = "{" + name + "}";
            if (!allowed.contains(level)) {
                return Optional.of("has the level '" + level + "', which stands for nothing here");
            }
            if (Arrays.stream(text.split("/", -1)).filter(level::equals).count() > 1) {
                return Optional.of("has " + level + " twice");
            }
        }
        return Optional.empty();
    }

    private static boolean has(String template, String level) {
        return List.of(template.split("/", -1)).contains(level);
    }
}
