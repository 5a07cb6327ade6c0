package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a field is, its steps written as in {@code fieldsV1}: {@code f:name} for a field, {@code v:value} for a member of a set,
 * {@code k:{"uid":…}} for a member of a list that is keyed by UID.
 */
record FieldPath(List<String> steps) implements Comparable<FieldPath> {

    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        steps = List.copyOf(steps);
    }

    static FieldPath of(String... fields) {
        return new FieldPath(Arrays.stream(fields).map(f -> "f:" + f).toList());
    }

    FieldPath field(String name) {
        return step("f:" + name);
    }

    FieldPath member(JsonNode value) {
        return step("v:" + value);
    }

    FieldPath owner(String uid) {
        return step("k:{\"uid\":" + TextNode.valueOf(uid) + "}");
    }

    private FieldPath step(String step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    FieldPath parent() {
        return new FieldPath(steps.subList(0, steps.size() - 1));
    }

    String last() {
        return steps.getLast();
    }

    boolean isWithin(FieldPath other) {
        return steps.size() >= other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    @Override
    public int compareTo(FieldPath other) {
        for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            int order = steps.get(i).compareTo(other.steps.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(steps.size(), other.steps.size());
    }

    /** As in the API server's messages: {@code .spec.nodes[="node-a"]}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var step : steps) {
            var rest = step.substring(2);
            text.append(
                    switch (step.charAt(0)) {
                        case 'f' -> "." + rest;
                        case 'v' -> "[=" + rest + "]";
                        default -> "[uid=" + rest.substring(7, rest.length() - 1) + "]";
                    });
        }
        return text.toString();
    }
}
