package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;

/** The list {@code presence.status}. */
final class StatusSection {

    private static final String EXPECTED =
            "at most 32 topics such as \"{device}/status\", or mappings with " + Keys.STATUS.list() + "; [] for none";
    private static final String TOPIC =
            "\"{device}/…\" without wildcards, or a topic filter with a level {device}, in quotes";
    private static final String WORDS = "1 to 64 words; leave the key out for the usual ones";
    private static final String PREFIX = "{device}/";
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

    private final Problems problems;

    private StatusSection(Problems problems) {
        this.problems = problems;
    }

    /** Reads the list; a single value stands for a list of one. */
    static List<StatusTopic> read(Located value, Problems problems) {
        var reader = new StatusSection(problems);
        var topics = new ArrayList<StatusTopic>();
        int least = value.nothing() ? 1 : 0;
        for (var item : Fields.items(value, least, 32, EXPECTED, problems)) {
            reader.topic(item).ifPresent(topics::add);
        }
        return topics;
    }

    private Optional<StatusTopic> topic(Located item) {
        if (!(item.node() instanceof MappingNode mapping)) {
            return Fields.text(item, TOPIC, problems)
                    .filter(text -> checked(item, text))
                    .map(StatusTopic::of);
        }
        var fields = Fields.of(mapping, item.path(), Keys.STATUS, problems);
        var topic = fields.get("topic");
        if (topic.isEmpty()) {
            problems.at(item.node(), item.path() + ".topic", "missing", TOPIC);
            return Optional.empty();
        }
        var used = new HashSet<String>();
        var online = words(fields.get("online"), used::add);
        var offline = words(fields.get("offline"), used::add);
        var sleeping = words(fields.get("sleeping"), used::add);
        var field = fields.get("field").flatMap(this::pointer);
        return Fields.text(topic.get(), TOPIC, problems)
                .filter(text -> checked(topic.get(), text))
                .map(text -> new StatusTopic(text, online, offline, sleeping, field.orElse(null)));
    }

    private boolean checked(Located where, String text) {
        if (text.startsWith(PREFIX)) {
            var relative = text.substring(PREFIX.length());
            if (relative.isEmpty()
                    || relative.indexOf('{') >= 0
                    || TopicName.problem(relative).isPresent()) {
                problems.at(where.node(), where.path(), where.found(), TOPIC);
                return false;
            }
            return true;
        }
        var problem = DeviceFilter.problem(text);
        if (problem.isPresent()) {
            problems.sentence(where.node(), where.path(), where.found(), problem.get());
            return false;
        }
        if (!List.of(text.split("/", -1)).contains("{device}")) {
            problems.at(where.node(), where.path(), where.found() + " has no level {device}", TOPIC);
            return false;
        }
        return true;
    }

    /** The words of one state; one that another state has is a problem. */
    private List<String> words(Optional<Located> value, Predicate<String> isNew) {
        var words = new ArrayList<String>();
        if (value.isEmpty()) {
            return words;
        }
        for (var item : Fields.items(value.get(), 1, 64, WORDS, problems)) {
            var word = Fields.text(item, WORDS, problems);
            if (word.isPresent() && word.get().length() > 256) {
                problems.at(
                        item.node(), item.path(), "a word of " + word.get().length() + " characters", "at most 256");
            } else if (word.isPresent() && !isNew.test(word.get())) {
                problems.at(item.node(), item.path(), item.found() + " a second time", "each word once, for one state");
            } else {
                word.ifPresent(words::add);
            }
        }
        return words;
    }

    private Optional<String> pointer(Located value) {
        var expected = "a JSON pointer (RFC 6901) such as /state";
        var text = Fields.text(value, expected, problems);
        if (text.isPresent() && !POINTER.matcher(text.get()).matches()) {
            problems.at(value.node(), value.path(), value.found(), expected);
            return Optional.empty();
        }
        return text;
    }
}
