package io.akrimqtt.handler.details;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The values of one mapping by their keys. Keys that do not belong there are noted as problems when it is made. */
final class Fields {

    private final Map<String, Located> values = new HashMap<>();

    private Fields() {}

    /**
     * Reads a mapping's keys.
     *
     * @param path of the mapping, empty for the document
     */
    static Fields of(MappingNode mapping, String path, Keys keys, Problems problems) {
        var fields = new Fields();
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                problems.at(key, path, Located.kind(key) + " as a key", "one of " + keys.list());
                continue;
            }
            var name = scalar.getValue();
            var full = path.isEmpty() ? name : path + "." + name;
            if (!seen.add(name)) {
                problems.at(key, full, "the key a second time", "each key once");
            } else if (keys.known().contains(name)) {
                fields.values.put(name, new Located(tuple.getValueNode(), full));
            } else {
                keys.refuse(scalar, full, problems);
            }
        }
        return fields;
    }

    Optional<Located> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    void with(String key, Consumer<Located> reader) {
        get(key).ifPresent(reader);
    }

    /** The fields of a value that has to be a mapping; empty, with a problem, where it is none. */
    static Optional<Fields> of(Located value, Keys keys, Problems problems) {
        if (value.node() instanceof MappingNode mapping) {
            return Optional.of(of(mapping, value.path(), keys, problems));
        }
        problems.at(value.node(), value.path(), value.found(), "a mapping with " + keys.list());
        return Optional.empty();
    }

    /** The text of a value that has to be one; empty, with a problem, where it is none. */
    static Optional<String> text(Located value, String expected, Problems problems) {
        if (value.node() instanceof ScalarNode scalar && !value.nothing()) {
            return Optional.of(scalar.getValue());
        }
        problems.at(value.node(), value.path(), value.found(), expected);
        return Optional.empty();
    }

    /** A text that has to be one of a few; empty, with a problem, where it is another. */
    static Optional<String> word(Located value, List<String> words, Problems problems) {
        var expected = String.join(" or ", words);
        var text = text(value, expected, problems);
        if (text.isPresent() && !words.contains(text.get())) {
            problems.at(value.node(), value.path(), value.found(), expected);
            return Optional.empty();
        }
        return text;
    }

    /** True or false; empty, with a problem, where it is something else. */
    static Optional<Boolean> truth(Located value, Problems problems) {
        return word(value, List.of("true", "false"), problems).map("true"::equals);
    }

    /** The items of a list with a number of items from {@code least} to {@code most}; a problem where there are others. */
    static List<Located> items(Located value, int least, int most, String expected, Problems problems) {
        var items = value.items();
        if (items.size() > most) {
            problems.at(value.node(), value.path(), "a list of " + items.size(), expected);
            return items.subList(0, most);
        }
        if (items.size() < least || value.nothing()) {
            problems.at(value.node(), value.path(), Located.kind(value.node()), expected);
        }
        return items;
    }
}
