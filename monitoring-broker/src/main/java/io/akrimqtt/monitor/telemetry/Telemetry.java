package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.monitor.telemetry.TelemetryCounters.Drop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * The device's telemetry: takes messages, holds the latest, wakes readers. Thread-safe: one virtual thread owns the log, the
 * MQTT clients' threads hand messages to it, and readers look without it.
 */
public final class Telemetry implements AutoCloseable {

    /** How many messages may wait for the owner; the MQTT server is held back meanwhile. */
    private static final int WAITING = 1_024;

    private final TelemetryLimits limits;
    private final InstantSource clock;
    private final TelemetryCounters counters = new TelemetryCounters();
    private final TelemetryLog log;
    private final LastValues lastValues;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(WAITING);
    private final Semaphore waitingBytes;
    private final Semaphore places;
    private final Set<Runnable> wakeUps = ConcurrentHashMap.newKeySet();
    private final int epoch;
    private final StartFinder starts;
    private final Set<TelemetryReader> reading = ConcurrentHashMap.newKeySet();
    private final Thread owner;

    /** What waits for the owner. */
    private sealed interface Arrival {
        record Came(Message message, Instant at, int size) implements Arrival {}

        record Interrupted(GapCause cause, String text) implements Arrival {}
    }

    private Telemetry(TelemetryLimits limits, InstantSource clock, int epoch) {
        this.limits = limits;
        this.clock = clock;
        this.epoch = epoch;
        this.log = new TelemetryLog(firstCursor(clock), limits.logMessages(), limits.logBytes());
        this.lastValues = new LastValues(limits.topics(), limits.lastValueBytes());
        this.waitingBytes = new Semaphore(2 * limits.messageBytes());
        this.places = new Semaphore(limits.readers());
        this.starts = new StartFinder(log, lastValues, epoch, clock.instant());
        this.owner = Thread.ofVirtual().name("telemetry").unstarted(this::own);
    }

    /**
     * Starts to take messages.
     *
     * @param random gives the epoch, which no other process of this device should have
     */
    public static Telemetry start(TelemetryLimits limits, InstantSource clock, RandomGenerator random) {
        int epoch = 0;
        while (epoch == 0) {
            epoch = random.nextInt();
        }
        var telemetry = new Telemetry(limits, clock, epoch);
        telemetry.owner.start();
        return telemetry;
    }

    /**
     * Cursors begin at the microseconds of the start, so that those of an earlier process are lower, as a rule, and a reader that
     * resumes with one and forgot its epoch is told of the gap. They stay exact in a JavaScript number until the year 2255.
     */
    private static long firstCursor(InstantSource clock) {
        return Math.max(0, clock.millis() * 1_000);
    }

    public TelemetryCounters counters() {
        return counters;
    }

    /** Takes a message of the device; waits while the owner is behind, which holds back the MQTT server. */
    public void accept(Message message) {
        int size = TelemetryEntry.size(message);
        int charged = Math.min(size, limits.messageBytes());
        try {
            waitingBytes.acquire(charged);
            arrivals.put(new Arrival.Came(message, clock.instant(), size));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes note that messages may be missing between those that were accepted and those that will be; waits as they do. */
    void interrupted(GapCause cause, String text) {
        try {
            arrivals.put(new Arrival.Interrupted(cause, text));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes a message that is none of the device's. */
    void ignore() {
        counters.countDropped(Drop.NOT_TELEMETRY);
    }

    private void own() {
        var batch = new ArrayList<Arrival>();
        try {
            while (true) {
                batch.add(arrivals.take());
                arrivals.drainTo(batch);
                batch.forEach(this::keep);
                batch.clear();
                wakeUps.forEach(Runnable::run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Arrival arrival) {
        switch (arrival) {
            case Arrival.Came came -> keep(came);
            case Arrival.Interrupted(var cause, var text) -> log.mark(cause, null, text);
        }
    }

    private void keep(Arrival.Came arrival) {
        var message = arrival.message();
        counters.countReceived(message.size(), arrival.at());
        if (arrival.size() > limits.messageBytes()) {
            counters.countDropped(Drop.TOO_LARGE);
            lastValues.forget(message.topic());
            log.mark(GapCause.TOO_LARGE, message.topic(), tooLarge(arrival.size()));
        } else {
            var entry = log.append(message, arrival.at(), arrival.size());
            if (!lastValues.put(entry)) {
                counters.countDropped(Drop.LAST_VALUE);
            }
        }
        waitingBytes.release(Math.min(arrival.size(), limits.messageBytes()));
    }

    private String tooLarge(int size) {
        return "a message has " + size + " bytes (expected: at most " + limits.messageBytes() + ")";
    }

    /** What came of the wish to read. */
    public sealed interface Opened {

        /** A place. */
        record Reading(TelemetryReader reader) implements Opened {}

        /** All places are taken; there are {@code limit}. */
        record Full(int limit) implements Opened {}
    }

    /**
     * Opens a reader.
     *
     * @param wake called on the owner's thread whenever there is more to read; must not wait
     */
    public Opened open(TelemetryQuery query, Runnable wake) {
        if (!places.tryAcquire()) {
            return new Opened.Full(limits.readers());
        }
        wakeUps.add(wake);
        var start = starts.find(query, clock.instant());
        var reader =
                new TelemetryReader(query, start, epoch, log, lastValues, counters, closed -> release(closed, wake));
        reading.add(reader);
        return new Opened.Reading(reader);
    }

    private void release(TelemetryReader reader, Runnable wake) {
        if (reading.remove(reader)) {
            wakeUps.remove(wake);
            places.release();
        }
    }

    /** How many read now. */
    public int readers() {
        return limits.readers() - places.availablePermits();
    }

    /** How many messages the slowest of them has not been given yet, those that it does not want among them. */
    public long lag() {
        long last = log.last();
        return reading.stream()
                .mapToLong(reader -> Math.max(0, last - reader.position()))
                .max()
                .orElse(0);
    }

    /** Stops taking messages. Idempotent. */
    @Override
    public void close() {
        owner.interrupt();
    }
}
