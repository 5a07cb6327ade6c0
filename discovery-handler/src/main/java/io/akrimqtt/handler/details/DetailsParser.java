package io.akrimqtt.handler.details;

import io.akrimqtt.presence.convention.DeviceFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads {@code discoveryDetails}: YAML in, a checked record or every problem out. Total: no text makes it throw, and no object
 * is ever made of a document's tags. Thread-safe.
 */
public final class DetailsParser {

    private static final String TOPIC = "a topic filter such as robots/+/joints, in quotes where it begins with # or {";
    private static final String TOPICS = "1 to 256 topic filters such as robots/+/joints";

    private final Problems problems;

    private DetailsParser(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a document.
     *
     * @param name what problems call it, for example {@code discoveryDetails}
     * @param yaml at most 256 Ki characters are read
     */
    public static DetailsResult parse(String name, String yaml) {
        var problems = new Problems(name);
        @Nullable MappingNode root = YamlDocument.read(yaml, problems);
        if (root == null) {
            return new DetailsResult.Refused(problems.sorted());
        }
        var details = new DetailsParser(problems).read(root);
        return problems.any() ? new DetailsResult.Refused(problems.sorted()) : new DetailsResult.Checked(details);
    }

    private DiscoveryDetails read(MappingNode root) {
        var fields = Fields.of(root, "", Keys.ROOT, problems);
        boolean perServer = ServersSection.perServer(fields.get("scope"), problems);
        var presence = PresenceSection.read(fields.get("presence"), problems);
        var published = DevicesSection.published(fields.get("publish"), problems);
        var commands = fields.get("commands").flatMap(value -> CommandsSection.read(value, problems));
        var servers =
                ServersSection.read(required(fields, root, "serverUrls", ServersSection.URLS), perServer, problems);
        var topics = topics(required(fields, root, "topics", TOPICS));
        return new DiscoveryDetails(
                servers,
                perServer,
                topics,
                presence.status(),
                presence.rules().withListed(published.listed()),
                presence.watch().withMaxDevices(DevicesSection.maxDevices(fields.get("maxDevices"), problems)),
                DevicesSection.choice(fields.get("devices"), problems),
                published.publication(),
                commands.orElse(null),
                ConnectionSection.read(fields.get("connection"), problems),
                ConnectionSection.tls(fields.get("tls"), problems),
                fields.get("group")
                        .flatMap(value -> GroupSection.read(value, topics, problems))
                        .orElse(null));
    }

    private Optional<Located> required(Fields fields, MappingNode root, String key, String expected) {
        var value = fields.get(key);
        if (value.isEmpty()) {
            problems.at(root, key, "missing", expected);
        }
        return value;
    }

    private List<DeviceFilter> topics(Optional<Located> value) {
        var filters = new ArrayList<DeviceFilter>();
        for (var item :
                value.map(list -> Fields.items(list, 1, 256, TOPICS, problems)).orElse(List.of())) {
            filter(item).ifPresent(filter -> addOnce(filters, filter, item));
        }
        return filters;
    }

    private Optional<DeviceFilter> filter(Located item) {
        if (!(item.node() instanceof MappingNode mapping)) {
            return Fields.text(item, TOPIC, problems).flatMap(text -> filter(item, text));
        }
        var fields = Fields.of(mapping, item.path(), Keys.TOPIC, problems);
        var topic = fields.get("topic");
        if (topic.isEmpty()) {
            problems.at(item.node(), item.path() + ".topic", "missing", TOPIC);
            return Optional.empty();
        }
        var text = Fields.text(topic.get(), TOPIC, problems);
        var level = fields.get("device");
        return level.isEmpty()
                ? text.flatMap(each -> filter(topic.get(), each))
                : text.flatMap(each -> marked(topic.get(), each, level.get()));
    }

    /** The filter with its device level marked, which is given by its number. */
    private Optional<DeviceFilter> marked(Located item, String text, Located level) {
        var levels = new ArrayList<>(List.of(text.split("/", -1)));
        var expected = "a level of the filter that is no #, from 0 to " + (levels.size() - 1);
        var number = Fields.text(level, expected, problems);
        int at = number.isPresent() && number.get().matches("[0-9]{1,3}") ? Integer.parseInt(number.get()) : -1;
        boolean inside = at >= 0 && at < levels.size() && !levels.get(at).equals("#");
        if (!inside || text.contains("{device}")) {
            problems.at(
                    level.node(),
                    level.path(),
                    inside ? level.found() + " beside {device}" : level.found(),
                    inside ? "one of both" : expected);
            return Optional.empty();
        }
        if (!levels.get(at).equals("+")) {
            return filter(item, text).flatMap(filter -> fixed(level, filter, at));
        }
        levels.set(at, "{device}");
        return filter(item, String.join("/", levels));
    }

    /** A level without a wildcard is the device's only if it would be anyway. */
    private Optional<DeviceFilter> fixed(Located level, DeviceFilter filter, int at) {
        if (filter.devices().filter().value().split("/", -1).length == at + 1) {
            return Optional.of(filter);
        }
        problems.at(level.node(), level.path(), level.found() + " is a level without +", "the number of a level +");
        return Optional.empty();
    }

    private Optional<DeviceFilter> filter(Located item, String text) {
        var problem = DeviceFilter.problem(text);
        if (problem.isPresent()) {
            problems.sentence(item.node(), item.path(), "'" + text + "'", problem.get());
            return Optional.empty();
        }
        return Optional.of(DeviceFilter.parse(text));
    }

    private <T> void addOnce(List<T> list, T value, Located item) {
        if (list.contains(value)) {
            problems.at(item.node(), item.path(), "'" + value + "' a second time", "each once");
        } else {
            list.add(value);
        }
    }
}
