package io.akrimqtt.presence.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/** Owns all time and all chance. What is due at the same moment happens in the order in which it was asked for. */
final class Simulation {

    static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    private record Task(Instant at, long number, Runnable action) {}

    private final Queue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Random chance;
    private Instant now = BEGIN;
    private long number;

    Simulation(long seed) {
        this.chance = new Random(seed);
    }

    Instant now() {
        return now;
    }

    void after(Duration delay, Runnable action) {
        at(now.plus(delay), action);
    }

    /** Not in the past: what should have happened already happens next. */
    void at(Instant at, Runnable action) {
        tasks.add(new Task(at.isBefore(now) ? now : at, number++, action));
    }

    /** Lets time pass. */
    void run(Duration time) {
        var end = now.plus(time);
        for (var task = tasks.peek(); task != null && !task.at().isAfter(end); task = tasks.peek()) {
            tasks.remove();
            now = task.at();
            task.action().run();
        }
        now = end;
    }

    /** A duration between two, in whole milliseconds; both may be it. */
    Duration between(Duration least, Duration most) {
        return least.plusMillis(chance.nextLong(most.minus(least).toMillis() + 1));
    }

    /** A number from zero to the limit, which it is not. */
    int below(int limit) {
        return chance.nextInt(limit);
    }
}
