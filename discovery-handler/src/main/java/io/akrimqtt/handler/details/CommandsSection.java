package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.rpc.WayOfAsking;
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
        var way = fields.get("way").map(this::way).orElse(WayOfAsking.TOPICS);
        var command = topic.flatMap(each -> command(each, way));
        var response = fields.get("response")
                .flatMap(each -> template(each, List.of(DEVICE, COMMAND, REQUEST, STATUS), RESPONSE, bare(way)));
        command.ifPresent(text -> {
            if (way == WayOfAsking.TOPICS) {
                together(value, text, fields.get("response"), response);
            } else {
                fits(value, way, text, fields.get("response"), response);
            }
        });
        return command.map(text -> new CommandTopics(text, response.orElse(null), way));
    }

    private WayOfAsking way(Located value) {
        return Fields.word(value, WayOfAsking.words(), problems)
                .flatMap(WayOfAsking::of)
                .orElse(WayOfAsking.TOPICS);
    }

    /** Whether requests and answers carry nothing but their payloads. */
    private static boolean bare(WayOfAsking way) {
        return way == WayOfAsking.SINGLE_FLIGHT || way == WayOfAsking.STATE_ECHO;
    }

    private Optional<String> command(Located value, WayOfAsking way) {
        var text = template(value, List.of(DEVICE, COMMAND, REQUEST), TOPIC, false);
        if (text.isPresent() && !has(text.get(), COMMAND) && !bare(way)) {
            problems.at(value.node(), value.path(), value.found() + " has no level {command}", TOPIC);
        }
        return text;
    }

    /** The other ways need no ids in topics; a bare answer is known by its topic alone. */
    private void fits(
            Located section, WayOfAsking way, String topic, Optional<Located> where, Optional<String> response) {
        if (has(topic, REQUEST) || response.filter(text -> has(text, REQUEST)).isPresent()) {
            var found = "has a level {request}, and way is " + way.word();
            problems.at(section.node(), section.path() + ".topic", found, "no {request}, or way: auto");
        } else if (response.filter(text -> has(text, STATUS)).isPresent()) {
            var found = "has a level {status}, and way is " + way.word();
            problems.at(section.node(), section.path() + ".response", found, "no {status}, or way: auto");
        }
        if (bare(way) && where.isEmpty()) {
            var expected = way == WayOfAsking.STATE_ECHO
                    ? "where the device shows its state, such as \"{device}/state\""
                    : "where the device answers, such as \"{device}/res\"";
            problems.at(section.node(), section.path() + ".response", "missing, and way is " + way.word(), expected);
        }
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

    /** @param bare whether the device's own topic will do */
    private Optional<String> template(Located value, List<String> allowed, String expected, boolean bare) {
        var text = Fields.text(value, expected, problems);
        if (text.isEmpty()) {
            return text;
        }
        var problem = bare && text.get().equals(DEVICE) ? Optional.<String>empty() : problem(text.get(), allowed);
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
