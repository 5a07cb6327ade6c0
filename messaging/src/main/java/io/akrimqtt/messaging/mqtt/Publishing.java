package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.mqtt.Suspicion.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits and settles what was sent. Confined to the owner's thread.
 *
 * <p>A message whose connection ends before its acknowledgement is sent again at the next one, behind what the library itself
 * resumes; one that is sent at most once is not, and fails. So does one upon which the server ends the connection again and again;
 * see {@link Suspicion}.
 */
final class Publishing {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private static final String ENDS_UPON_IT = "the connection ended " + Suspicion.TIMES
            + " times while it alone was under way: the MQTT server may take nothing so large";

    private final Outbox outbox;
    private final Executor owner;
    private final Suspicion suspicion = new Suspicion();
    private @Nullable Sender sender;
    private int connections;

    Publishing(Outbox outbox, Executor owner) {
        this.outbox = outbox;
        this.owner = owner;
    }

    void publish(Message message, long nowNanos, CompletableFuture<PublishResult> result) {
        outbox.add(message, nowNanos, result);
        flush();
    }

    /** A connection is there. */
    void connected(Sender current) {
        sender = current;
        connections++;
        current.oneByOne(suspicion.oneByOne());
        flush();
    }

    /**
     * A connection has ended.
     *
     * @param last what sent on it
     * @param alone the only message that was under way; null for none, or more
     * @return whether one of the messages may be to blame
     */
    boolean disconnected(Loss.Cause cause, @Nullable Sender last, @Nullable Mqtt5Publish alone) {
        sender = null;
        var verdict = suspicion.ended(cause, outbox, alone);
        if (last != null) {
            last.oneByOne(suspicion.oneByOne());
        }
        return switch (verdict) {
            case Verdict.None _ -> false;
            case Verdict.Perhaps _ -> true;
            case Verdict.Found(var message) -> {
                giveUp(message, last, alone);
                yield true;
            }
        };
    }

    private void giveUp(Outbox.Entry message, @Nullable Sender last, @Nullable Mqtt5Publish packet) {
        if (last != null && packet != null) {
            last.withhold(packet);
        }
        var original = message.original();
        LOG.atWarn()
                .addKeyValue("topic", original.topic())
                .addKeyValue("bytes", original.size())
                .log("message is given up: connections end upon it");
        fail(message, Kind.TOO_LARGE, ENDS_UPON_IT + " (" + original.size() + " bytes)");
        suspicion.settled(outbox);
    }

    /** The engine is replaced, and nobody will tell any more what became of the messages it has. */
    void engineReplaced() {
        outbox.allAgain();
    }

    void close() {
        sender = null;
        outbox.close();
    }

    private void flush() {
        var current = sender;
        if (current == null) {
            return;
        }
        for (var next = outbox.send(); next.isPresent(); next = outbox.send()) {
            send(current, next.get());
        }
    }

    private void send(Sender current, Outbox.Entry entry) {
        var message = entry.current(System.nanoTime());
        if (message.isEmpty()) {
            fail(entry, Kind.TIMEOUT, "its expiry passed while it waited for a connection");
            return;
        }
        int attempt = entry.attempt();
        int connection = connections;
        CompletableFuture<Mqtt5PublishResult> sending;
        try {
            var packet = Packets.publish(message.get());
            entry.packet(packet);
            sending = current.publish(packet);
        } catch (IllegalArgumentException e) {
            outbox.fail(entry, e);
            return;
        }
        var _ = sending.whenComplete(
                (result, error) -> owner.execute(() -> settle(entry, attempt, connection, result, error)));
    }

    private void settle(
            Outbox.Entry entry,
            int attempt,
            int connection,
            @Nullable Mqtt5PublishResult result,
            @Nullable Throwable error) {
        if (entry.attempt() != attempt) {
            return;
        }
        if (error == null) {
            outbox.done(entry, new PublishResult(noSubscribers(result)));
            if (suspicion.settled(outbox) && sender != null) {
                sender.oneByOne(false);
            }
            return;
        }
        var reason = PublishErrors.of(entry.original(), error);
        if (reason.isPresent()) {
            outbox.fail(entry, reason.get());
        } else if (entry.original().qos() == QualityOfService.AT_MOST_ONCE
                && Losses.find(error, ConnectionClosedException.class).isPresent()) {
            fail(entry, Kind.NOT_CONNECTED, "the connection ended while it was sent");
        } else {
            outbox.again(entry);
            // The library may tell of a lost session's messages when the next connection is there already.
            if (connection != connections) {
                flush();
            }
        }
    }

    private void fail(Outbox.Entry entry, Kind kind, String text) {
        outbox.fail(
                entry,
                new MessagingException(kind, "publish to '" + entry.original().topic() + "': " + text, null));
    }

    private static boolean noSubscribers(@Nullable Mqtt5PublishResult result) {
        return switch (result) {
            case Mqtt5PublishResult.Mqtt5Qos1Result one ->
                one.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
            case Mqtt5PublishResult.Mqtt5Qos2Result two ->
                two.getPubRec().getReasonCode() == Mqtt5PubRecReasonCode.NO_MATCHING_SUBSCRIBERS;
            case null, default -> false;
        };
    }
}
