package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** One reader's way through the log, at its own pace. Confined to one thread at a time; closing is thread-safe. */
public final class TelemetryReader implements AutoCloseable {

    private final TelemetryLog log;
    private final List<TopicFilter> filters;
    private final TelemetryCounters counters;
    private final Consumer<TelemetryReader> onClose;
    private final Queue<TelemetryEntry> lastValues;
    /** Written by the reader, read by whoever asks how far behind it is. */
    private volatile long cursor;

    TelemetryReader(Start start, TelemetryLog log, TelemetryCounters counters, Consumer<TelemetryReader> onClose) {
        this.log = log;
        this.filters = start.filters();
        this.counters = counters;
        this.onClose = onClose;
        this.cursor = start.after();
        this.lastValues = new ArrayDeque<>(start.lastValues());
    }

    /** Where a reader starts: with some last values, then behind a cursor. */
    record Start(List<TopicFilter> filters, long after, List<TelemetryEntry> lastValues) {}

    static boolean wanted(List<TopicFilter> filters, TopicName topic) {
        return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(topic));
    }

    /** The cursor that it has come to. Thread-safe. */
    long position() {
        return cursor;
    }

    /** What comes next. Never waits. */
    public TelemetryRead next() {
        var value = lastValues.poll();
        if (value != null) {
            return new TelemetryRead.Found(value);
        }
        while (true) {
            var read = log.read(cursor);
            switch (read) {
                case TelemetryRead.Found(var entry) -> {
                    cursor = entry.cursor();
                    if (wanted(filters, entry.message().topic())) {
                        return read;
                    }
                }
                case TelemetryRead.Missed(var _, var last) -> {
                    cursor = last;
                    counters.countGap();
                    return read;
                }
                case TelemetryRead.Nothing() -> {
                    return read;
                }
            }
        }
    }

    /** Makes room for another reader. Idempotent. */
    @Override
    public void close() {
        onClose.accept(this);
    }
}
