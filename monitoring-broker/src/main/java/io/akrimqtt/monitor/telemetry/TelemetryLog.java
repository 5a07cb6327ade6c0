package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.message.Message;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest messages, bounded by number and by bytes; what is too old makes room. Written by one thread, its owner; read by
 * any thread, without locks and without slowing the owner.
 */
final class TelemetryLog {

    private static final TelemetryRead NOTHING = new TelemetryRead.Nothing();

    private final AtomicReferenceArray<@Nullable TelemetryEntry> slots;
    private final long maxBytes;

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
        this.first = start + 1;
        this.last = start;
    }

    /** Adds a message. For the owner only. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    TelemetryEntry append(Message message, Instant received) {
        var entry = new TelemetryEntry(last + 1, message, received);
        bytes += entry.size();
        while (first <= last && (bytes > maxBytes || entry.cursor() - first >= slots.length())) {
            dropFirst();
        }
        slots.set(slot(entry.cursor()), entry);
        last = entry.cursor();
        return entry;
    }

    /** Uses up a cursor for a message that is not held, so that readers are told. For the owner only. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    void skip() {
        if (last + 1 - first >= slots.length()) {
            dropFirst();
        }
        slots.set(slot(last + 1), null);
        last = last + 1;
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

    /**
     * The message behind a cursor, or what is missing there.
     *
     * @param after 0 to {@link #last()}
     */
    TelemetryRead read(long after) {
        long newest = last;
        if (after >= newest) {
            return NOTHING;
        }
        for (long cursor = Math.max(after + 1, first); cursor <= newest; cursor++) {
            var entry = slots.get(slot(cursor));
            if (entry != null && entry.cursor() == cursor) {
                return cursor == after + 1
                        ? new TelemetryRead.Found(entry)
                        : new TelemetryRead.Missed(after + 1, cursor - 1);
            }
        }
        return new TelemetryRead.Missed(after + 1, newest);
    }
}
