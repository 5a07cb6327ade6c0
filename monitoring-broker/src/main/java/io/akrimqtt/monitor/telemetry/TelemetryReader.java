package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One reader's way through the log, at its own pace. Confined to one thread at a time; closing is thread-safe. */
public final class TelemetryReader implements AutoCloseable {

    private final TelemetryLog log;
    private final TelemetryQuery query;
    private final TelemetryCounters counters;
    private final Consumer<TelemetryReader> onClose;
    private final LastValues lastValues;
    private final Queue<TopicName> topics;
    private final @Nullable Conflation conflation;
    private final int epoch;
    private final long after;
    private final long end;
    private Optional<TelemetryRead> gap;

    /** Written by the reader, read by whoever asks how far behind it is. */
    private volatile long cursor;

    TelemetryReader(
            TelemetryQuery query,
            Start start,
            int epoch,
            TelemetryLog log,
            LastValues lastValues,
            TelemetryCounters counters,
            Consumer<TelemetryReader> onClose) {
        this.log = log;
        this.query = query;
        this.epoch = epoch;
        this.counters = counters;
        this.onClose = onClose;
        this.cursor = start.after();
        this.end = start.end();
        this.lastValues = lastValues;
        this.gap = start.gap();
        this.after = start.after();
        this.topics = new ArrayDeque<>(start.topics());
        this.conflation = query.conflate() ? new Conflation(log, query, start.after()) : null;
    }

    /**
     * Where a reader starts.
     *
     * @param gap what it is told first of all
     * @param topics whose last messages come next; only their names, since a reader may take its time
     * @param after the cursor that it starts behind
     * @param end the cursor that it ends at
     */
    record Start(Optional<TelemetryRead> gap, List<TopicName> topics, long after, long end) {}

    /** Which process gives the cursors; never 0. */
    public int epoch() {
        return epoch;
    }

    /** The cursor that it has come to. Thread-safe. */
    long position() {
        return cursor;
    }

    /** What comes next. Never waits. */
    public TelemetryRead next() {
        var read = gap.or(this::lastValue).orElseGet(() -> conflation == null ? plain() : conflated(conflation));
        gap = Optional.empty();
        if (read instanceof TelemetryRead.Missed) {
            counters.countGap();
        }
        return read;
    }

    /** The next of the last messages, unless the log brings a later one. */
    private Optional<TelemetryRead> lastValue() {
        for (var topic = topics.poll(); topic != null; topic = topics.poll()) {
            var entry = lastValues.of(topic);
            if (entry.isPresent()
                    && (entry.get().cursor() <= after || entry.get().cursor() > end)) {
                return Optional.of(new TelemetryRead.Found(entry.get(), 0));
            }
        }
        return Optional.empty();
    }

    private TelemetryRead conflated(Conflation behind) {
        if (behind.cursor() >= end) {
            return new TelemetryRead.Ended();
        }
        var read = behind.next();
        cursor = behind.cursor();
        return read instanceof TelemetryRead.Nothing && behind.cursor() >= end ? new TelemetryRead.Ended() : read;
    }

    private TelemetryRead plain() {
        while (cursor < end) {
            if (cursor >= log.last()) {
                return new TelemetryRead.Nothing();
            }
            long next = cursor + 1;
            switch (log.at(next)) {
                case TelemetryEntry entry -> {
                    cursor = next;
                    if (query.wants(entry.message().topic())) {
                        return new TelemetryRead.Found(entry, 0);
                    }
                }
                case TelemetryMark mark -> {
                    cursor = next;
                    if (query.wants(mark)) {
                        return mark.missed();
                    }
                }
                case null -> {
                    var missed = log.overrun(next);
                    cursor = missed.last();
                    return missed;
                }
            }
        }
        return new TelemetryRead.Ended();
    }

    /** Makes room for another reader. Idempotent. */
    @Override
    public void close() {
        onClose.accept(this);
    }
}
