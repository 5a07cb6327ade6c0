package io.akrimqtt.monitor.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts telemetry since the start. Thread-safe. */
public final class TelemetryCounters {

    /** Why a message, or a part of what is done with it, was left out. */
    public enum Drop {
        /** Larger than a message may be: readers get a gap. */
        TOO_LARGE,
        /** No room among the last values: readers get it all the same. */
        LAST_VALUE,
        /** On a topic that others than the device talk on: commands to it, and the workload's own. */
        NOT_TELEMETRY
    }

    private final LongAdder received = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final Map<Drop, LongAdder> dropped = new EnumMap<>(Drop.class);
    private final AtomicReference<@Nullable Instant> lastReceived = new AtomicReference<>();

    public TelemetryCounters() {
        for (var cause : Drop.values()) {
            dropped.put(cause, new LongAdder());
        }
    }

    void countReceived(int payloadBytes, Instant at) {
        received.increment();
        bytes.add(payloadBytes);
        lastReceived.set(at);
    }

    void countDropped(Drop cause) {
        adder(cause).increment();
    }

    void countGap() {
        gaps.increment();
    }

    private LongAdder adder(Drop cause) {
        return requireNonNull(dropped.get(cause));
    }

    /** Messages of the device. */
    public long received() {
        return received.sum();
    }

    /** Their payloads' bytes. */
    public long bytes() {
        return bytes.sum();
    }

    /** Gaps that readers were told of. */
    public long gaps() {
        return gaps.sum();
    }

    public long dropped(Drop cause) {
        return adder(cause).sum();
    }

    /** When the latest message came. */
    public Optional<Instant> lastReceived() {
        return Optional.ofNullable(lastReceived.get());
    }
}
