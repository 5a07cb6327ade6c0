package io.akrimqtt.monitor.command.life;

import java.time.Duration;

/**
 * What the queue goes by.
 *
 * @param order when the next command may follow
 * @param maxInFlight how many of each {@link TrafficClass} may be under way at a time
 * @param maxWaiting how many may wait
 * @param maxWaitingBytes how many bytes of payload may wait
 * @param maxEnded how many that have ended are remembered; the oldest are forgotten first
 * @param keepEnded how long they are remembered
 * @param repeatable whether every command may be sent again where nobody knows whether it was sent, since the device knows
 *     repetitions
 * @param memory how long after a request the device knows its repetition; where it is shorter than the timeout
 * @param written every command is written down before it is sent, since its answer tells nothing and a later process must know
 *     that it may come
 */
public record QueueRules(
        SendingOrder order,
        int maxInFlight,
        int maxWaiting,
        long maxWaitingBytes,
        int maxEnded,
        Duration keepEnded,
        boolean repeatable,
        Duration memory,
        boolean written) {

    /** Burst, 100 under way, 1,000 with 16 MiB waiting, 500 ended for 10 minutes, nothing sent twice. */
    public static final QueueRules DEFAULT = new QueueRules(
            SendingOrder.BURST,
            100,
            1_000,
            16 * 1024 * 1024,
            500,
            Duration.ofMinutes(10),
            false,
            Duration.ofHours(1),
            false);

    /** The largest answer that is remembered after its caller was told, in bytes. */
    public static final int MAX_KEPT_ANSWER = 16 * 1024;

    /** What of a deadline must be left for sending again: servers count expiry in whole seconds. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    /** How long commands that are not kept wait for what earlier processes have kept, where they need to know it. */
    static final Duration LOADING = Duration.ofSeconds(15);

    /** How long to wait after the MQTT server proved that nobody listens, where nothing tells of the device before. */
    static final Duration NOBODY_RETRY = Duration.ofSeconds(30);

    /** How long to wait after a publish that did not leave us. */
    static final Duration UNSENT_RETRY = Duration.ofSeconds(1);

    public QueueRules with(SendingOrder value) {
        return new QueueRules(
                value, maxInFlight, maxWaiting, maxWaitingBytes, maxEnded, keepEnded, repeatable, memory, written);
    }

    public QueueRules withMaxInFlight(int value) {
        return new QueueRules(
                order, value, maxWaiting, maxWaitingBytes, maxEnded, keepEnded, repeatable, memory, written);
    }

    public QueueRules withMaxWaiting(int value) {
        return new QueueRules(
                order, maxInFlight, value, maxWaitingBytes, maxEnded, keepEnded, repeatable, memory, written);
    }

    /** @param known how long after a request the device knows its repetition */
    public QueueRules withRepeatable(boolean value, Duration known) {
        return new QueueRules(
                order, maxInFlight, maxWaiting, maxWaitingBytes, maxEnded, keepEnded, value, known, written);
    }

    public QueueRules withMaxEnded(int value) {
        return new QueueRules(
                order, maxInFlight, maxWaiting, maxWaitingBytes, value, keepEnded, repeatable, memory, written);
    }

    /** @param value whether every command is written down before it is sent */
    public QueueRules withWritten(boolean value) {
        return new QueueRules(
                order, maxInFlight, maxWaiting, maxWaitingBytes, maxEnded, keepEnded, repeatable, memory, value);
    }
}
