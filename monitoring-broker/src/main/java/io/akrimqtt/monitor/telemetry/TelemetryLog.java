package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest messages, bounded by number and by bytes; what is too old makes room. Written by one thread, its owner; read by
 * any thread, without locks and without slowing the owner.
 */
final class TelemetryLog {

    private static final TelemetryRead NOTHING = new TelemetryRead.Nothing();

    private final AtomicReferenceArray<@Nullable LogItem> slots;
    private final long maxBytes;
    private final long start;

    /** The owner's alone. */
    private long bytes;

    /** Nothing is held below it. Written by the owner. */
    private volatile long first;

    /** The latest cursor. Written by the owner, after the message's slot. */
    private volatile long last;

    /**
     * An empty log.
     *
     * @param start the cursor before the first message's, 0 or positive
     * @param capacity the most messages
     * @param maxBytes the most bytes, as {@link TelemetryEntry#size()} counts them
     */
    TelemetryLog(long start, int capacity, long maxBytes) {
        this.slots = new AtomicReferenceArray<>(capacity);
        this.maxBytes = maxBytes;
        this.start = start;
        this.first = start + 1;
        this.last = start;
    }

    /** Adds a message. For the owner only. */
    TelemetryEntry append(Message message, Instant received) {
        return append(message, received, TelemetryEntry.size(message));
    }

    /** The same for one whose size is known. */
    TelemetryEntry append(Message message, Instant received, int size) {
        var entry = new TelemetryEntry(last + 1, message, received, size);
        put(entry);
        return entry;
    }

    /** Adds a gap, so that readers are told in its place. For the owner only. */
    void mark(GapCause cause, @Nullable TopicName topic, String text) {
        put(new TelemetryMark(last + 1, cause, topic, text));
    }

    private void put(LogItem item) {
        bytes += item.size();
        while (first <= last && (bytes > maxBytes || item.cursor() - first >= slots.length())) {
            dropFirst();
        }
        slots.set(slot(item.cursor()), item);
        last = item.cursor();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    private void dropFirst() {
        var oldest = slots.getAndSet(slot(first), null);
        bytes -= oldest == null ? 0 : oldest.size();
        first = first + 1;
    }

    private int slot(long cursor) {
        return (int) (cursor % slots.length());
    }

    /** The latest cursor, or the start where nothing came yet. */
    long last() {
        return last;
    }

    /** The first cursor that is held, or the next one where nothing is. */
    long first() {
        return first;
    }

    /** Whether something was held that is not any more. */
    boolean dropped() {
        return first > start + 1;
    }

    /** Whether a cursor was given by this log, or is its start. */
    boolean knows(long cursor) {
        return cursor >= start && cursor <= last;
    }

    /** What stands at a cursor, or null where that is no longer, or not yet, held. */
    @Nullable
    LogItem at(long cursor) {
        var item = slots.get(slot(cursor));
        return item != null && item.cursor() == cursor ? item : null;
    }

    /**
     * What stands behind a cursor: a message, a gap, what is missing there, or nothing yet.
     *
     * @param after 0 to {@link #last()}
     */
    TelemetryRead read(long after) {
        if (after >= last) {
            return NOTHING;
        }
        return switch (at(after + 1)) {
            case TelemetryEntry entry -> new TelemetryRead.Found(entry, 0);
            case TelemetryMark mark -> mark.missed();
            case null -> overrun(after + 1);
        };
    }

    /** All that is no longer held, from a cursor on that is not. */
    TelemetryRead.Missed overrun(long from) {
        return TelemetryRead.Missed.overrun(from, Math.max(from, first - 1));
    }
}
