package io.akrimqtt.cli.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a document, with the way to it. Reading it as something that it is not is a finding, and then it is empty.
 * Confined to its reader.
 */
final class YamlValue {

    private final Node node;
    private final String path;
    private final Findings findings;

    YamlValue(Node node, String path, Findings findings) {
        this.node = node;
        this.path = path;
        this.findings = findings;
    }

    Node node() {
        return node;
    }

    String path() {
        return path;
    }

    Findings findings() {
        return findings;
    }

    /** From 1. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** From 1. */
    int column() {
        return node.getStartMark().getColumn() + 1;
    }

    void error(String found, String expected) {
        findings.add(Severity.ERROR, line(), column(), path, found, expected);
    }

    void warning(String found, String expected) {
        findings.add(Severity.WARNING, line(), column(), path, found, expected);
    }

    void note(String found, String expected) {
        findings.add(Severity.NOTE, line(), column(), path, found, expected);
    }

    boolean absent() {
        return Tag.NULL.equals(node.getTag());
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    Optional<YamlMap> map() {
        if (node instanceof MappingNode mapping && tagged(Tag.MAP)) {
            return Optional.of(YamlMap.of(this, mapping));
        }
        error(kind(), "a mapping");
        return Optional.empty();
    }

    List<YamlValue> list() {
        if (!(node instanceof SequenceNode sequence && tagged(Tag.SEQ))) {
            error(kind(), "a list");
            return List.of();
        }
        var items = new ArrayList<YamlValue>();
        for (var item : sequence.getValue()) {
            items.add(new YamlValue(item, path + "[" + items.size() + "]", findings));
        }
        return items;
    }

    /** Text; numbers, booleans and dates are none, as Kubernetes has it. */
    Optional<String> text() {
        if (node instanceof ScalarNode scalar && tagged(Tag.STR)) {
            return Optional.of(scalar.getValue());
        }
        error(kind(), node instanceof ScalarNode ? "text; put it in quotes" : "text");
        return Optional.empty();
    }

    OptionalInt integer() {
        if (node instanceof ScalarNode scalar && tagged(Tag.INT)) {
            try {
                return OptionalInt.of(Integer.parseInt(scalar.getValue()));
            } catch (NumberFormatException _) {
                // It is reported below.
            }
        }
        error(kind(), "a whole number");
        return OptionalInt.empty();
    }

    Optional<Boolean> bool() {
        if (node instanceof ScalarNode scalar && tagged(Tag.BOOL)) {
            return Optional.of(List.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON")
                    .contains(scalar.getValue()));
        }
        error(kind(), "true or false");
        return Optional.empty();
    }

    private boolean tagged(Tag tag) {
        return tag.equals(node.getTag());
    }

    /** What it is instead, without what it contains: it may be secret. */
    private String kind() {
        var tag = node.getTag();
        if (absent()) {
            return "nothing";
        }
        if (!tag.getValue().startsWith(Tag.PREFIX)) {
            return "a value with the tag " + Quote.of(tag.getValue());
        }
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode _ when tagged(Tag.INT) || tagged(Tag.FLOAT) -> "a number";
            case ScalarNode _ when tagged(Tag.BOOL) -> "a boolean";
            case ScalarNode _ when tagged(Tag.TIMESTAMP) -> "a date";
            case ScalarNode _ when tagged(Tag.STR) -> "text";
            default -> "a value with the tag " + Quote.of(tag.getValue());
        };
    }
}
