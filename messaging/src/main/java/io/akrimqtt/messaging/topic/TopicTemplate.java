package io.akrimqtt.messaging.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A topic with open levels that have names: {@code {device}/cmd/{command}}. Immutable.
 *
 * <p>A placeholder is a whole level. A brace that is meant itself is doubled: the level {@code {{x}}} is the text {@code {x}};
 * {@link #toString()} writes it so, hence a value that was filled in never turns into a placeholder.
 */
public final class TopicTemplate {

    private static final String EXPECTED =
            " (expected: '{name}' as a whole level; '{{' and '}}' for braces themselves)";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]{0,63})}");
    private static final Pattern SINGLE_BRACE = Pattern.compile("(?<!\\{)\\{(?:\\{\\{)*(?!\\{)|(?<!})}(?:}})*(?!})");

    /** One level of it. */
    private sealed interface Level {
        /** Stands for itself. */
        record Fixed(String text) implements Level {}

        /** Stands for any one level. */
        record Open(String name) implements Level {}
    }

    private final List<Level> levels;

    private TopicTemplate(List<Level> levels) {
        this.levels = List.copyOf(levels);
    }

    /**
     * Makes a template of text that a person wrote.
     *
     * @throws IllegalArgumentException where {@link #problem} tells something
     */
    public static TopicTemplate of(String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException("topic template: " + TopicRules.quote(text) + " " + problem);
        });
        return parse(text);
    }

    /** What is wrong with a text as a template, with the place, or empty where nothing is. */
    public static Optional<String> problem(String text) {
        var problem = TopicName.problem(text);
        if (problem.isPresent()) {
            return problem;
        }
        int start = 0;
        for (var level : text.split("/", -1)) {
            if (!PLACEHOLDER.matcher(level).matches()) {
                var brace = SINGLE_BRACE.matcher(level);
                if (brace.find()) {
                    return Optional.of(
                            "has '" + brace.group().charAt(0) + "' at index " + (start + brace.start()) + EXPECTED);
                }
            }
            start += level.length() + 1;
        }
        return Optional.empty();
    }

    private static TopicTemplate parse(String text) {
        var levels = new ArrayList<Level>();
        for (var level : text.split("/", -1)) {
            var placeholder = PLACEHOLDER.matcher(level);
            levels.add(
                    placeholder.matches()
                            ? new Level.Open(placeholder.group(1))
                            : new Level.Fixed(level.replace("{{", "{").replace("}}", "}")));
        }
        return new TopicTemplate(levels);
    }

    /** The names of the levels that are still open, in their order. */
    public Set<String> open() {
        var names = new LinkedHashSet<String>();
        for (var level : levels) {
            if (level instanceof Level.Open(var name)) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Fills one level, wherever it has this name; no change where none has.
     *
     * @param value one level: no slash, no wildcard; may be empty
     * @throws IllegalArgumentException for other values
     */
    public TopicTemplate fill(String name, String value) {
        if (value.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    name + ": " + TopicRules.quote(value) + " has more than one level (expected: no '/')");
        }
        return replace(name, value);
    }

    /** Fills one level with a whole topic, which may have several. */
    public TopicTemplate fill(String name, TopicName topic) {
        return replace(name, topic.value());
    }

    private TopicTemplate replace(String name, String value) {
        if (!value.isEmpty()) {
            TopicName.problem(value).ifPresent(problem -> {
                throw new IllegalArgumentException(name + ": " + TopicRules.quote(value) + " " + problem);
            });
        }
        var filled = new ArrayList<Level>();
        for (var level : levels) {
            if (level instanceof Level.Open(var open) && open.equals(name)) {
                for (var text : value.split("/", -1)) {
                    filled.add(new Level.Fixed(text));
                }
            } else {
                filled.add(level);
            }
        }
        return new TopicTemplate(filled);
    }

    /**
     * The topic, once nothing is open.
     *
     * @throws IllegalStateException where something is
     */
    public TopicName topic() {
        if (!open().isEmpty()) {
            throw new IllegalStateException("topic template: '" + this + "' still has open levels " + open());
        }
        return TopicName.of(join("+"));
    }

    /** The filter that matches what it can become: {@code +} for what is open. */
    public TopicFilter filter() {
        return TopicFilter.of(join("+"));
    }

    private String join(String open) {
        return levels.stream()
                .map(level -> switch (level) {
                    case Level.Fixed(var text) -> text;
                    case Level.Open _ -> open;
                })
                .collect(Collectors.joining("/"));
    }

    /** The values of the open levels in a topic, or empty where the topic is not made of this template. */
    public Optional<Map<String, String>> match(TopicName topic) {
        var texts = topic.value().split("/", -1);
        if (texts.length != levels.size()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < texts.length; i++) {
            boolean fits = switch (levels.get(i)) {
                case Level.Fixed(var text) -> text.equals(texts[i]);
                case Level.Open(var name) -> fits(values.putIfAbsent(name, texts[i]), texts[i]);
            };
            if (!fits) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static boolean fits(@Nullable String earlier, String text) {
        return earlier == null || earlier.equals(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicTemplate that && levels.equals(that.levels);
    }

    @Override
    public int hashCode() {
        return levels.hashCode();
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return levels.stream()
                .map(level -> switch (level) {
                    case Level.Fixed(var text) -> text.replace("{", "{{").replace("}", "}}");
                    case Level.Open(var name) -> "{" + name + "}";
                })
                .collect(Collectors.joining("/"));
    }
}
