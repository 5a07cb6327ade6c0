package io.akrimqtt.handler.details;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A node and where it stands.
 *
 * @param path for example {@code topics[1]}
 */
record Located(Node node, String path) {

    /** What a node is, in words, without what may be a secret: a text's content. */
    static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode list -> list.getValue().isEmpty() ? "an empty list" : "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            default -> "text";
        };
    }

    boolean nothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /** What was found, for a problem. */
    String found() {
        return node instanceof ScalarNode scalar && !nothing() ? "'" + scalar.getValue() + "'" : kind(node);
    }

    /** The items of a list, or the value itself where it is none; nothing for nothing. */
    List<Located> items() {
        if (!(node instanceof SequenceNode list)) {
            return nothing() ? List.of() : List.of(this);
        }
        var items = new ArrayList<Located>();
        for (var item : list.getValue()) {
            items.add(new Located(item, path + "[" + items.size() + "]"));
        }
        return items;
    }
}
