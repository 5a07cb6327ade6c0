package io.akrimqtt.handler.kubernetes;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by two labels, each one of a small fixed set. Thread-safe. */
public final class Tally {

    private final Map<Label, LongAdder> counts = new ConcurrentHashMap<>();

    Tally() {}

    /** Two labels. */
    public record Label(String what, String result) implements Comparable<Label> {
        @Override
        public int compareTo(Label other) {
            int first = what.compareTo(other.what);
            return first != 0 ? first : result.compareTo(other.result);
        }
    }

    void add(String what, String result) {
        counts.computeIfAbsent(new Label(what, result), _ -> new LongAdder()).increment();
    }

    /** All counts so far, sorted. */
    public Map<Label, Long> counts() {
        var all = new TreeMap<Label, Long>();
        counts.forEach((label, count) -> all.put(label, count.sum()));
        return all;
    }
}
