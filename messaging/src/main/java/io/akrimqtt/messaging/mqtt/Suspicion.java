package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the message upon which a server ends connections. On MQTT 3.1.1 a server has no other way to say that one is larger than it
 * takes; on MQTT 5 it may say so, but not which. Where connections end and nothing is acknowledged, messages are sent one by one:
 * then it is the one that is under way. Confined to the owner's thread.
 */
final class Suspicion {

    /** So many connections in a row end while the same message is the oldest one under way, before they go one by one. */
    static final int ENDS = 2;

    /** So often may a connection end while the same message alone is under way. */
    static final int TIMES = 3;

    /** Those up to this one go one by one; less than any for none. */
    private long oneByOneTo = -1;

    private long oldest = -1;
    private int ends;
    private long suspect = -1;
    private int times;

    /** Whether messages are to be sent one by one. */
    boolean oneByOne() {
        return oneByOneTo >= 0;
    }

    /** What is known after a connection's end. */
    sealed interface Verdict {

        /** No message of ours explains it. */
        record None() implements Verdict {}

        /** A message may explain it. */
        record Perhaps() implements Verdict {}

        /** This message does. */
        record Found(Outbox.Entry message) implements Verdict {}
    }

    /**
     * A connection has ended.
     *
     * @param alone the message that was under way alone; null for none
     */
    Verdict ended(Loss.Cause cause, Outbox outbox, @Nullable Mqtt5Publish alone) {
        var first = outbox.underWay().min(Comparator.comparingLong(Outbox.Entry::number));
        if (first.isEmpty() || !perhapsUponAMessage(cause)) {
            return new Verdict.None();
        }
        if (!oneByOne()) {
            watch(first.get().number(), outbox);
            return new Verdict.Perhaps();
        }
        var only = outbox.underWay().filter(entry -> entry.is(alone)).findFirst();
        return only.isEmpty() ? new Verdict.None() : alone(only.get());
    }

    private void watch(long number, Outbox outbox) {
        ends = number == oldest ? ends + 1 : 1;
        oldest = number;
        if (ends >= ENDS) {
            ends = 0;
            oneByOneTo = outbox.underWay().mapToLong(Outbox.Entry::number).max().orElse(number);
        }
    }

    private Verdict alone(Outbox.Entry message) {
        times = message.number() == suspect ? times + 1 : 1;
        suspect = message.number();
        return times < TIMES ? new Verdict.Perhaps() : new Verdict.Found(message);
    }

    /** A message is settled. Says whether the others need not go one by one any more. */
    boolean settled(Outbox outbox) {
        long limit = oneByOneTo;
        if (limit < 0 || outbox.underWay().anyMatch(entry -> entry.number() <= limit)) {
            return false;
        }
        oneByOneTo = -1;
        return true;
    }

    /** Mosquitto 2.0, for one, acknowledges with a reason that MQTT 5 does not have there. */
    private static boolean perhapsUponAMessage(Loss.Cause cause) {
        return switch (cause) {
            case TOO_LARGE, CLOSED_BY_SERVER, BROKEN, MALFORMED -> true;
            case USUAL, UNTRUSTED, REFUSED, TAKEN_OVER, VERSION, CLOSED_EARLY -> false;
        };
    }
}
