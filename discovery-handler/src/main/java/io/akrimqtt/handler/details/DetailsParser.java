package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.QualityOfService;
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

    private static final String URLS = "1 to 16 URLs of MQTT servers such as tcp://host:1883";
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
        var presence = PresenceSection.read(fields.get("presence"), problems);
        var commands = fields.get("commands").flatMap(value -> CommandsSection.read(value, problems));
        return new DiscoveryDetails(
                servers(required(fields, root, "serverUrls", URLS)),
                topics(required(fields, root, "topics", TOPICS)),
                presence.status(),
                presence.rules(),
                WatchRules.DEFAULT,
                commands.orElse(null),
                qos(fields));
    }

    private Optional<Located> required(Fields fields, MappingNode root, String key, String expected) {
        var value = fields.get(key);
        if (value.isEmpty()) {
            problems.at(root, key, "missing", expected);
        }
        return value;
    }

    private List<ServerUrl> servers(Optional<Located> value) {
        var urls = new ArrayList<ServerUrl>();
        for (var item :
                value.map(list -> Fields.items(list, 1, 16, URLS, problems)).orElse(List.of())) {
            Fields.text(item, "a URL such as tcp://host:1883", problems)
                    .flatMap(text -> server(item, text))
                    .ifPresent(url -> addOnce(urls, url, item));
        }
        return urls;
    }

    private Optional<ServerUrl> server(Located item, String text) {
        var problem = ServerUrl.problem(text);
        if (problem.isPresent()) {
            problems.sentence(item.node(), item.path(), shown(text), problem.get());
            return Optional.empty();
        }
        return Optional.of(ServerUrl.parse(text));
    }

    /** A bad URL as it may be shown: where it may hold a password, only what it is. */
    private static String shown(String text) {
        int query = text.indexOf('?');
        if (text.indexOf('@') >= 0) {
            return "the URL";
        }
        return "'" + (query < 0 ? text : text.substring(0, query) + "?…") + "'";
    }

    private List<DeviceFilter> topics(Optional<Located> value) {
        var filters = new ArrayList<DeviceFilter>();
        for (var item :
                value.map(list -> Fields.items(list, 1, 256, TOPICS, problems)).orElse(List.of())) {
            var expected = "a topic filter such as robots/+/joints, in quotes where it begins with # or {";
            Fields.text(item, expected, problems)
                    .flatMap(text -> filter(item, text))
                    .ifPresent(filter -> addOnce(filters, filter, item));
        }
        return filters;
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

    private QualityOfService qos(Fields fields) {
        var expected = "1 or 2";
        var text = fields.get("connection")
                .flatMap(value -> Fields.of(value, Keys.CONNECTION, problems))
                .flatMap(connection -> connection.get("qos"));
        if (text.isEmpty()) {
            return QualityOfService.AT_LEAST_ONCE;
        }
        return switch (Fields.text(text.get(), expected, problems).orElse("1")) {
            case "1" -> QualityOfService.AT_LEAST_ONCE;
            case "2" -> QualityOfService.EXACTLY_ONCE;
            default -> {
                problems.at(text.get().node(), text.get().path(), text.get().found(), expected);
                yield QualityOfService.AT_LEAST_ONCE;
            }
        };
    }
}
