package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants done, not yet checked.
 *
 * @param command one topic level
 * @param timeout how long to wait for the answer: from being sent where it may wait in the queue, else from now
 * @param oneWay publish and do not wait for an answer
 * @param queueing whether and how it waits for a device that is not there; null for failing at once
 * @param idempotencyKey the same order with the same key is the same command; empty for none
 * @param repeatable it may be sent again where nobody knows whether it was sent
 * @param caller who asks, for the audit log and as the scope of the idempotency key; empty where nobody says
 * @param member the topic of the device of a group that it is for; empty where the workload has one device
 * @param reply where a caller over MQTT wants to be told, as a later process reads it; empty for others
 * @param trace what goes with it to the device, or null
 */
public record CommandOrder(
        String command,
        Payload payload,
        Duration timeout,
        boolean oneWay,
        @Nullable Queueing queueing,
        String idempotencyKey,
        boolean repeatable,
        String caller,
        String member,
        String reply,
        @Nullable TraceContext trace) {

    /** How long to wait where the caller does not say. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** The longest time to wait. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /** At once or not at all. */
    public CommandOrder(String command, Payload payload, Duration timeout, boolean oneWay) {
        this(command, payload, timeout, oneWay, null, "", false, "", "", "", null);
    }

    /** The same, waiting for the device. */
    public CommandOrder queued(@Nullable Queueing how) {
        return new CommandOrder(
                command, payload, timeout, oneWay, how, idempotencyKey, repeatable, caller, member, reply, trace);
    }

    /** The same, under a key. */
    public CommandOrder withIdempotencyKey(String key) {
        return new CommandOrder(
                command, payload, timeout, oneWay, queueing, key, repeatable, caller, member, reply, trace);
    }

    /** The same, which may be sent again or not. */
    public CommandOrder withRepeatable(boolean value) {
        return new CommandOrder(
                command, payload, timeout, oneWay, queueing, idempotencyKey, value, caller, member, reply, trace);
    }

    /** The same, which may be sent again. */
    public CommandOrder repeatably() {
        return withRepeatable(true);
    }

    /** The same, from this caller. */
    public CommandOrder from(String name) {
        return new CommandOrder(
                command, payload, timeout, oneWay, queueing, idempotencyKey, repeatable, name, member, reply, trace);
    }

    /** The same, for this device of a group. */
    public CommandOrder to(String device) {
        return new CommandOrder(
                command, payload, timeout, oneWay, queueing, idempotencyKey, repeatable, caller, device, reply, trace);
    }

    /** The same, told there. */
    public CommandOrder withReply(String address) {
        return new CommandOrder(
                command,
                payload,
                timeout,
                oneWay,
                queueing,
                idempotencyKey,
                repeatable,
                caller,
                member,
                address,
                trace);
    }

    /** The same, in this trace; null for none. */
    public CommandOrder traced(@Nullable TraceContext context) {
        return new CommandOrder(
                command,
                payload,
                timeout,
                oneWay,
                queueing,
                idempotencyKey,
                repeatable,
                caller,
                member,
                reply,
                context);
    }

    /** Without the payload, for what has ended. */
    CommandOrder emptied() {
        return new CommandOrder(
                command,
                Payload.EMPTY,
                timeout,
                oneWay,
                queueing,
                idempotencyKey,
                repeatable,
                caller,
                member,
                reply,
                trace);
    }

    /** Whether it must outlive this process. */
    public boolean durable() {
        return queueing != null || !idempotencyKey.isEmpty();
    }

    /** Names the command; the payload and the key may be secret. */
    @Override
    public String toString() {
        return "CommandOrder[" + command + ", " + payload + "]";
    }
}
