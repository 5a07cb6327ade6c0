package io.akrimqtt.dispatcher.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of one mapping; those that nobody knows, and those that stand there twice, are problems. Confined to one thread. */
final class Fields {

    private final String path;
    private final Problems problems;
    private final Map<String, Node> values;
    private final Node node;

    private Fields(Node node, String path, Problems problems, Map<String, Node> values) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.values = values;
    }

    /** Reads them; of what is no mapping there are none. */
    static Fields of(Node node, String path, List<String> known, Problems problems) {
        var values = new HashMap<String, Node>();
        if (!(node instanceof MappingNode mapping)) {
            problems.at(node.getStartMark(), path, kind(node), "a mapping with " + String.join(", ", known));
            return new Fields(node, path, problems, values);
        }
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            var mark = tuple.getKeyNode().getStartMark();
            if (!known.contains(key)) {
                problems.at(mark, path, "'" + key + "' is not known", "one of " + String.join(", ", known));
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                problems.at(mark, path, "'" + key + "' a second time", "once");
            }
        }
        return new Fields(node, path, problems, values);
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            default -> "text";
        };
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** A problem of the whole mapping. */
    void wrong(String found, String expected) {
        problems.at(node.getStartMark(), path, found, expected);
    }

    /** A problem of one value, with the value. */
    void wrong(String key, String value, String sentence) {
        problems.sentence(values.getOrDefault(key, node).getStartMark(), path(key), value, sentence);
    }

    /** The items of a list. */
    List<Node> list(String key, String expected) {
        if (!(values.get(key) instanceof SequenceNode list) || list.getValue().isEmpty()) {
            var value = values.getOrDefault(key, node);
            problems.at(
                    value.getStartMark(), path(key), values.containsKey(key) ? kind(value) : "is missing", expected);
            return List.of();
        }
        return new ArrayList<>(list.getValue());
    }

    Optional<Fields> mapping(String key, List<String> known) {
        return Optional.ofNullable(values.get(key)).map(value -> of(value, path(key), known, problems));
    }

    /** A mapping of texts to texts, whose values are never told. */
    Map<String, String> texts(String key) {
        @Nullable Node value = values.get(key);
        var texts = new LinkedHashMap<String, String>();
        if (value == null) {
            return texts;
        }
        if (!(value instanceof MappingNode mapping)) {
            problems.at(value.getStartMark(), path(key), kind(value), "a mapping of texts");
            return texts;
        }
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name && tuple.getValueNode() instanceof ScalarNode text) {
                texts.put(name.getValue(), text.getValue());
            } else {
                problems.at(tuple.getKeyNode().getStartMark(), path(key), "no text", "a mapping of texts");
            }
        }
        return texts;
    }

    Optional<String> text(String key, String expected) {
        @Nullable Node value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return Optional.of(scalar.getValue());
        }
        problems.at(value.getStartMark(), path(key), kind(value), expected);
        return Optional.empty();
    }

    /**
     * A text as something checked.
     *
     * @param check tells what is wrong with it, in a sentence that ends in {@code (expected: …)}
     */
    <T> Optional<T> checked(
            String key, String expected, Function<String, Optional<String>> check, Function<String, T> parse) {
        return text(key, expected).flatMap(text -> {
            var wrong = check.apply(text);
            wrong.ifPresent(sentence -> wrong(key, text, sentence));
            return wrong.isPresent() ? Optional.empty() : Optional.of(parse.apply(text));
        });
    }

    int number(String key, int least, int most, int otherwise) {
        var expected = "a whole number from " + least + " to " + most;
        return checked(
                        key,
                        expected,
                        text -> text.matches("[0-9]{1,9}")
                                        && Integer.parseInt(text) >= least
                                        && Integer.parseInt(text) <= most
                                ? Optional.empty()
                                : Optional.of("is out of range (expected: " + expected + ")"),
                        Integer::parseInt)
                .orElse(otherwise);
    }

    boolean truth(String key) {
        return checked(
                        key,
                        "true or false",
                        text -> List.of("true", "false").contains(text)
                                ? Optional.empty()
                                : Optional.of("is not known (expected: true or false)"),
                        Boolean::parseBoolean)
                .orElse(false);
    }
}
