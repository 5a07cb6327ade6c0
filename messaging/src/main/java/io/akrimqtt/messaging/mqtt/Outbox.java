package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for a connection or for the server's acknowledgement, in the order in which they were published. Confined
 * to the owner's thread, but for {@link #reserve}.
 */
final class Outbox {

    /** One message on its way. */
    static final class Entry {
        private final long number;
        private final Message message;
        private final long publishedNanos;
        private final CompletableFuture<PublishResult> result;
        private int attempt;
        private @Nullable Mqtt5Publish packet;

        private Entry(long number, Message message, long publishedNanos, CompletableFuture<PublishResult> result) {
            this.number = number;
            this.message = message;
            this.publishedNanos = publishedNanos;
            this.result = result;
        }

        /** Its place among all: larger for those that were published later. */
        long number() {
            return number;
        }

        Message original() {
            return message;
        }

        /** Grows each time it is sent; a result of an earlier attempt does not count. */
        int attempt() {
            return attempt;
        }

        /** Whether this very packet is the last attempt: another message may be equal to it. */
        @SuppressWarnings("ReferenceEquality")
        boolean is(@Nullable Mqtt5Publish sent) {
            return packet == sent;
        }

        void packet(Mqtt5Publish sent) {
            packet = sent;
        }

        private boolean underWay() {
            return packet != null && message.qos() != QualityOfService.AT_MOST_ONCE;
        }

        /** The message with the expiry that is left, or empty where none is. */
        Optional<Message> current(long nowNanos) {
            var expiry = message.expiry();
            if (expiry.isEmpty()) {
                return Optional.of(message);
            }
            var left = expiry.get().minusNanos(nowNanos - publishedNanos);
            return left.isPositive()
                    ? Optional.of(message.toBuilder().expiry(left).build())
                    : Optional.empty();
        }
    }

    /** How much payload may wait; a larger message may wait alone. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    private final int most;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger reserved = new AtomicInteger();
    private final TreeMap<Long, Entry> waiting = new TreeMap<>();
    private final TreeMap<Long, Entry> sent = new TreeMap<>();
    private long numbers;

    /** @param most how many messages may wait */
    Outbox(int most) {
        this.most = most;
    }

    /** Takes a place for one message of this size; says whether there was one. Thread-safe. */
    boolean reserve(int size) {
        int waitingNow = reserved.incrementAndGet();
        long bytesNow = bytes.addAndGet(size);
        boolean room = waitingNow <= most && (bytesNow <= MOST_BYTES || waitingNow == 1);
        if (!room) {
            reserved.decrementAndGet();
            bytes.addAndGet(-size);
        }
        return room;
    }

    /** Puts a message behind the others, on a place that was reserved. */
    void add(Message message, long nowNanos, CompletableFuture<PublishResult> result) {
        var entry = new Entry(numbers++, message, nowNanos, result);
        waiting.put(entry.number, entry);
    }

    /** The next message that is to be sent; it counts as sent now. */
    Optional<Entry> send() {
        var first = waiting.pollFirstEntry();
        if (first == null) {
            return Optional.empty();
        }
        var entry = first.getValue();
        entry.attempt++;
        sent.put(entry.number, entry);
        return Optional.of(entry);
    }

    /** The server has taken it. */
    void done(Entry entry, PublishResult result) {
        free(entry);
        entry.result.complete(result);
    }

    /** It will not be taken. */
    void fail(Entry entry, Throwable reason) {
        free(entry);
        entry.result.completeExceptionally(reason);
    }

    private void free(Entry entry) {
        // What is still told of it does not count.
        entry.attempt++;
        sent.remove(entry.number);
        waiting.remove(entry.number);
        reserved.decrementAndGet();
        bytes.addAndGet(-entry.message.size());
    }

    /** It is to be sent again, in its old place. */
    void again(Entry entry) {
        if (sent.remove(entry.number) != null) {
            waiting.put(entry.number, entry);
        }
    }

    /** The messages that the server may have been sent, and has not acknowledged; not in order. */
    Stream<Entry> underWay() {
        return Stream.concat(sent.values().stream(), waiting.values().stream()).filter(Entry::underWay);
    }

    /** Everything is to be sent again: what knew the results is gone. */
    void allAgain() {
        waiting.putAll(sent);
        sent.clear();
        // Results of earlier attempts must not count.
        waiting.values().forEach(entry -> entry.attempt++);
    }

    /** Fails everything. */
    void close() {
        var all = new ArrayList<>(List.copyOf(sent.values()));
        all.addAll(waiting.values());
        for (var entry : all) {
            fail(
                    entry,
                    new MessagingException(
                            Kind.CLOSED, "publish to '" + entry.message.topic() + "': the client was closed", null));
        }
    }
}
