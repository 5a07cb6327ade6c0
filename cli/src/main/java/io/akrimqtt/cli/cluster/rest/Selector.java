package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.akrimqtt.cli.cluster.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which objects of a list or watch are wanted, as {@code labelSelector} and {@code fieldSelector} say it. */
final class Selector {

    private static final int MOST_CHARACTERS = 4096;
    private static final Pattern SET_RULE = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern VALUE_RULE = Pattern.compile("\\s*([^=!\\s]+)\\s*(==|=|!=)\\s*([^=!\\s]*)\\s*");
    private static final Pattern NAME_RULE = Pattern.compile("\\s*(!?)\\s*([^=!\\s()]+)\\s*");
    private static final Pattern COMMA = Pattern.compile(",(?![^()]*\\))");

    private Selector() {}

    /** Both together; empty texts want all. */
    static Predicate<JsonNode> of(Query query) {
        var rules = new ArrayList<Predicate<JsonNode>>();
        parts(query.text("labelSelector")).forEach(part -> rules.add(label(part)));
        parts(query.text("fieldSelector")).forEach(part -> rules.add(field(part)));
        return object -> rules.stream().allMatch(rule -> rule.test(object));
    }

    private static List<String> parts(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw bad("a selector has " + text.length() + " characters (expected: at most " + MOST_CHARACTERS + ")");
        }
        return text.isBlank() ? List.of() : List.of(COMMA.split(text, -1));
    }

    private static Predicate<JsonNode> label(String part) {
        Matcher set = SET_RULE.matcher(part);
        if (set.matches()) {
            var values = Set.copyOf(List.of(set.group(3).strip().split("\\s*,\\s*", -1)));
            boolean in = set.group(2).equals("in");
            var key = set.group(1);
            return object -> values.contains(labelOf(object, key).asText()) == in;
        }
        Matcher value = VALUE_RULE.matcher(part);
        if (value.matches()) {
            return compared(object -> labelOf(object, value.group(1)), value);
        }
        Matcher name = NAME_RULE.matcher(part);
        if (name.matches()) {
            boolean there = name.group(1).isEmpty();
            return object -> labelOf(object, name.group(2)).isTextual() == there;
        }
        throw bad("labelSelector: '" + part + "' cannot be read");
    }

    private static JsonNode labelOf(JsonNode object, String key) {
        return object.path("metadata").path("labels").path(key);
    }

    private static Predicate<JsonNode> field(String part) {
        Matcher value = VALUE_RULE.matcher(part);
        if (!value.matches()) {
            throw bad("fieldSelector: '" + part + "' cannot be read");
        }
        return compared(
                object -> {
                    var node = object;
                    for (var step : value.group(1).split("\\.", -1)) {
                        node = node.path(step);
                    }
                    return node;
                },
                value);
    }

    private static Predicate<JsonNode> compared(Function<JsonNode, JsonNode> at, Matcher rule) {
        var wanted = rule.group(3);
        boolean equal = !rule.group(2).equals("!=");
        return object -> at.apply(object).asText().equals(wanted) == equal;
    }

    private static ApiException bad(String why) {
        return new ApiException(400, "BadRequest", why);
    }
}
