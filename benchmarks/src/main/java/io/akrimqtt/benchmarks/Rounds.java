package io.akrimqtt.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures several things in turn, several times, and prints their medians beside the first one's.
 *
 * @param count how many rounds; one more comes before them to warm up
 * @param seconds for each measurement
 */
record Rounds(int count, int seconds) {

    /** A first and a second argument, or 3 rounds of 4 s. */
    static Rounds of(String[] arguments) {
        return new Rounds(
                arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3,
                arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4);
    }

    /** Something to measure; gives what it is called and how many per second there were. */
    interface Measurement {
        Rate measure(int seconds) throws IOException;
    }

    /** What came of one measurement. */
    record Rate(String name, double perSecond) {

        /** What a receiver takes in some seconds, after one to begin with. */
        static Rate of(Receiver receiver, int seconds) {
            pause(1);
            long before = receiver.received();
            long began = System.nanoTime();
            pause(seconds);
            return new Rate(receiver.name(), (receiver.received() - before) / ((System.nanoTime() - began) / 1e9));
        }
    }

    void run(String title, List<Measurement> all) throws IOException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round <= count; round++) {
            for (var each : all) {
                var rate = each.measure(seconds);
                if (round > 0) {
                    rates.computeIfAbsent(rate.name(), _ -> new ArrayList<>()).add(rate.perSecond());
                }
            }
        }
        System.out.printf(
                "%s; %d processors, median of %d rounds of %d s%n",
                title, Runtime.getRuntime().availableProcessors(), count, seconds);
        double first = 0;
        for (var line : rates.entrySet()) {
            var sorted = line.getValue().stream().sorted().toList();
            double median = sorted.get(sorted.size() / 2);
            first = first == 0 ? median : first;
            System.out.printf("  %-36s %,10.0f/s   %.2f%n", line.getKey(), median, median / first);
        }
    }

    static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
