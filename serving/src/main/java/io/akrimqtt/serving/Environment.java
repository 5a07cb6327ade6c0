package io.akrimqtt.serving;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads settings from environment variables, collects every problem, and remembers what came of each setting for printing,
 * secrets masked. Confined to the thread that starts the program.
 */
public final class Environment {

    /** The largest file that a setting may name, in bytes. */
    public static final int MAX_FILE = 1024 * 1024;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug", "trace");
    private static final String MASK = "***";

    private final Map<String, String> variables;
    private final Map<String, String> effective = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The value, or empty where it is not set or is blank. */
    public Optional<String> optional(String name) {
        var value = Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
        value.ifPresent(text -> effective.put(name, text));
        return value;
    }

    /** The value or the default. */
    public String text(String name, String otherwise) {
        var value = optional(name).orElse(otherwise);
        effective.put(name, value);
        return value;
    }

    /** The value; a problem and the empty text where it is missing. */
    public String required(String name, String expected) {
        return optional(name).orElseGet(() -> {
            problem(name, "is not set", expected);
            return "";
        });
    }

    /**
     * The value as something checked.
     *
     * @param check tells what is wrong with a text, or empty
     * @param otherwise used where it is not set or wrong; must be right
     */
    public <T> T checked(
            String name, String otherwise, Function<String, Optional<String>> check, Function<String, T> parse) {
        var text = text(name, otherwise);
        var wrong = check.apply(text);
        wrong.ifPresent(reason -> problems.add(name + ": '" + cut(text) + "' " + reason));
        return parse.apply(wrong.isPresent() ? otherwise : text);
    }

    /** Where to listen. */
    public ListenAddress address(String name, String otherwise) {
        return checked(name, otherwise, ListenAddress::problem, ListenAddress::parse);
    }

    /** One of a few words. */
    public String word(String name, String otherwise, List<String> words) {
        return checked(
                name,
                otherwise,
                text -> words.contains(text)
                        ? Optional.empty()
                        : Optional.of("is not known (expected: " + String.join(", ", words) + ")"),
                Function.identity());
    }

    /** {@code AKRI_MQTT_LOG_LEVEL}, which logback.xml reads by itself: checked here, in upper or lower case. */
    public void logLevel() {
        checked(
                "AKRI_MQTT_LOG_LEVEL",
                "info",
                text -> LOG_LEVELS.contains(text.toLowerCase(Locale.ROOT))
                        ? Optional.empty()
                        : Optional.of("is not known (expected: " + String.join(", ", LOG_LEVELS) + ")"),
                Function.identity());
    }

    /**
     * Whether spans are to be sent by OTLP: {@code OTEL_EXPORTER_OTLP_ENDPOINT} or
     * {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} is set, and {@code OTEL_SDK_DISABLED} is not {@code true}. The rest of OpenTelemetry's
     * variables is its own.
     */
    public boolean exportsTraces() {
        var endpoints = Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
                .flatMap(name -> optional(name).stream().peek(text -> checkEndpoint(name, text)))
                .toList();
        return !endpoints.isEmpty() && !optional("OTEL_SDK_DISABLED").orElse("").equalsIgnoreCase("true");
    }

    private void checkEndpoint(String name, String text) {
        if (!text.matches("https?://[^\\s/@]+(/[^\\s]*)?")) {
            effective.put(name, MASK);
            problem(name, "is no address without user information", "such as http://collector:4318");
        }
    }

    /** A duration such as {@code 10s}, {@code 500ms}, {@code 5m} or {@code 1h}, within bounds, both included. */
    public Duration duration(String name, String otherwise, Duration least, Duration most) {
        return checked(
                name,
                otherwise,
                text -> {
                    var parsed = parseDuration(text);
                    boolean fits = parsed.isPresent()
                            && parsed.get().compareTo(least) >= 0
                            && parsed.get().compareTo(most) <= 0;
                    return fits
                            ? Optional.empty()
                            : Optional.of("(expected: a duration such as 10s, 5m or 1h, from " + least.toSeconds()
                                    + "s to " + most.toSeconds() + "s)");
                },
                text -> parseDuration(text).orElseThrow());
    }

    private static Optional<Duration> parseDuration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            return text.equals("0") ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        long amount = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    /**
     * A secret from {@code NAME}, or from the file that {@code NAME_FILE} names; one line end at the file's end is dropped.
     * Never printed.
     */
    public Optional<String> secret(String name) {
        var file = optional(name + "_FILE");
        var value = Optional.ofNullable(variables.get(name)).filter(text -> !text.isEmpty());
        if (value.isPresent()) {
            effective.put(name, MASK);
        }
        if (file.isEmpty()) {
            return value;
        }
        if (value.isPresent()) {
            problem(name, "is set, and so is " + name + "_FILE", "one of them");
        }
        return read(name + "_FILE", Path.of(file.get()));
    }

    private Optional<String> read(String name, Path path) {
        try {
            if (Files.size(path) > MAX_FILE) {
                problem(name, "names a file of more than 1 MiB: " + path, "a small text file");
                return Optional.empty();
            }
            var text = Files.readString(path);
            return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (CharacterCodingException e) {
            problem(name, "names a file that is no UTF-8: " + path, "a small text file");
        } catch (IOException e) {
            problem(name, "names a file that cannot be read: " + path, "a small text file");
        }
        return Optional.empty();
    }

    /** Notes what is wrong with a variable. */
    public void problem(String name, String found, String expected) {
        problems.add(name + ": " + found + " (expected: " + expected + ")");
    }

    /** Everything that was wrong so far, one sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What came of each setting that was read, in the order of their names, secrets masked. */
    public Map<String, String> effective() {
        return new TreeMap<>(effective);
    }

    private static String cut(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
