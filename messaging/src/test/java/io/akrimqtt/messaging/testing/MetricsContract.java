package io.akrimqtt.messaging.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code docs/metrics.md} says of a program's metrics, to be held against what the program exposes. A heading of the second
 * level names a program, {@code All programs} counts for each; below it is a table of name, type, unit, labels and meaning.
 */
public final class MetricsContract {

    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");
    private static final Pattern NAME = Pattern.compile("(akri_mqtt|process|jvm)(_[a-z0-9]+)+");
    private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`: (at most (\\d+)|(`[^`]+`(, )?)+)");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    private final Map<String, Metric> metrics;

    private MetricsContract(Map<String, Metric> metrics) {
        this.metrics = metrics;
    }

    /**
     * One metric.
     *
     * @param labels by name
     */
    public record Metric(String name, String type, String unit, Map<String, Label> labels, String meaning) {

        private static Metric of(List<String> cells) {
            var labels = new TreeMap<String, Label>();
            if (!cells.get(3).isEmpty()) {
                for (var text : List.of(cells.get(3).split("; ", -1))) {
                    var found = LABEL.matcher(text);
                    if (!found.matches()) {
                        throw new IllegalArgumentException("labels: '" + text
                                + "' (expected: such as `state`: `a`, `b`; or `server`: at most 16)");
                    }
                    var most = Optional.ofNullable(found.group(3)).map(Integer::valueOf);
                    var values = most.isPresent() ? new LinkedHashSet<String>() : words(found.group(2));
                    labels.put(found.group(1), new Label(values, most.orElse(values.size())));
                }
            }
            return new Metric(words(cells.get(0)).getFirst(), cells.get(1), cells.get(2), labels, cells.get(4));
        }

        /** What is against the conventions of Prometheus. */
        private Stream<String> misnomers() {
            var wrong = new ArrayList<String>();
            if (!NAME.matcher(name).matches() || !TYPES.contains(type) || meaning.isEmpty()) {
                wrong.add("name, type or meaning");
            }
            if (type.equals("counter") != name.endsWith("_total")) {
                wrong.add("_total, which counters and only they end with");
            }
            var suffix = name.replaceAll("_total$", "").replaceAll(".*_", "");
            var named = Set.of("seconds", "bytes").contains(suffix) ? suffix : "";
            if (!named.equals(unit)) {
                wrong.add("unit '" + unit + "', which the name does not end with");
            }
            return wrong.stream().map(each -> name + ": " + each);
        }
    }

    /**
     * What a label's value may be.
     *
     * @param values all that there are; none where they are not known beforehand
     * @param most so many different ones
     */
    public record Label(SequencedSet<String> values, int most) {}

    /** Of one program, with what all have. */
    public static MetricsContract of(String program) {
        return read(Set.of(program, "All programs"));
    }

    /** Of all programs. */
    public static MetricsContract all() {
        return read(Set.of());
    }

    private static MetricsContract read(Set<String> headings) {
        var metrics = new LinkedHashMap<String, Metric>();
        var heading = "";
        for (var line : lines()) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
            } else if (line.startsWith("| `") && (headings.isEmpty() || headings.contains(heading))) {
                var cells = Stream.of(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList();
                var metric = Metric.of(cells);
                metrics.merge(metric.name(), metric, MetricsContract::same);
            }
        }
        return new MetricsContract(metrics);
    }

    /** Two programs may have a metric of one name only where it is of one kind. */
    private static Metric same(Metric one, Metric other) {
        if (!one.type().equals(other.type()) || !one.unit().equals(other.unit())) {
            throw new IllegalArgumentException(one.name() + " is there twice, and not the same");
        }
        var labels = new TreeMap<>(one.labels());
        labels.putAll(other.labels());
        return new Metric(one.name(), one.type(), one.unit(), labels, one.meaning());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SequencedSet<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** All that is documented, by name. */
    public Map<String, Metric> metrics() {
        return metrics;
    }

    /**
     * What of an answer to {@code /metrics}, in Prometheus' text format, is not as documented, in both directions; none for all is well.
     */
    public List<String> problems(String exposition) {
        var exposed = Exposition.of(exposition);
        var problems = new TreeSet<String>();
        metrics.values().stream().flatMap(Metric::misnomers).forEach(problems::add);
        for (var metric : metrics.values()) {
            var family = exposed.families().get(metric.name());
            if (family == null) {
                problems.add(metric.name() + ": is documented and not exposed");
            } else {
                family.problems(metric).forEach(problems::add);
            }
        }
        exposed.families().keySet().stream()
                .filter(name -> !metrics.containsKey(name))
                .forEach(name -> problems.add(name + ": is exposed and not documented"));
        return List.copyOf(problems);
    }
}
