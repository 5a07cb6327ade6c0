package io.akrimqtt.messaging.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a program exposes, in Prometheus' text format, version 0.0.4.
 *
 * @param families by name
 */
public record Exposition(Map<String, Family> families) {

    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(\\{(.*)})? [-+.0-9EInfNa]+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /** What the format adds to the names of histograms and summaries. */
    private static final Set<String> PARTS = Set.of("le", "quantile");

    /**
     * One metric with all its series.
     *
     * @param labels the values of each label
     * @param series how many lines there are
     */
    public record Family(String type, boolean helped, Map<String, Set<String>> labels, List<String> series) {

        List<String> problems(MetricsContract.Metric metric) {
            var problems = new ArrayList<String>();
            if (!type.equals(metric.type()) || !helped) {
                problems.add(metric.name() + ": is a " + type + (helped ? "" : " without help") + " (documented: "
                        + metric.type() + ")");
            }
            if (!labels.keySet().equals(metric.labels().keySet())) {
                problems.add(metric.name() + ": has labels " + labels.keySet() + " (documented: "
                        + metric.labels().keySet() + ")");
            }
            metric.labels().forEach((name, label) -> {
                var values = labels.getOrDefault(name, Set.of());
                boolean known = label.values().isEmpty() || label.values().containsAll(values);
                if (!known || values.size() > label.most()) {
                    problems.add(metric.name() + ": label " + name + " is " + values + " (documented: "
                            + (label.values().isEmpty() ? "at most " + label.most() : label.values()) + ")");
                }
            });
            return problems;
        }
    }

    /** Reads an answer to {@code /metrics}. */
    public static Exposition of(String text) {
        var families = new TreeMap<String, Family>();
        var helped = new TreeSet<String>();
        var latest = "";
        for (var line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                helped.add(line.split(" ", 4)[2]);
            } else if (line.startsWith("# TYPE ")) {
                var words = line.split(" ", 4);
                latest = words[2];
                var family = new Family(words[3], helped.contains(latest), new TreeMap<>(), new ArrayList<>());
                if (families.put(latest, family) != null) {
                    throw new IllegalArgumentException("metrics: " + latest + " is there twice");
                }
            } else {
                add(line, latest, families);
            }
        }
        return new Exposition(families);
    }

    private static void add(String line, String latest, Map<String, Family> families) {
        var sample = SAMPLE.matcher(line);
        var family = families.get(latest);
        if (!sample.matches() || family == null || !sample.group(1).matches(latest + "(_bucket|_sum|_count)?")) {
            throw new IllegalArgumentException("metrics: '" + line + "' is no sample of " + latest);
        }
        family.series().add(line.substring(0, line.lastIndexOf(' ')));
        var labels = sample.group(3);
        if (labels != null) {
            LABEL.matcher(labels)
                    .results()
                    .filter(label -> !PARTS.contains(label.group(1)))
                    .forEach(label -> family.labels()
                            .computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                            .add(label.group(2)));
        }
    }

    /** How many time series a server would keep. */
    public int series() {
        return families.values().stream()
                .mapToInt(family -> family.series().size())
                .sum();
    }
}
