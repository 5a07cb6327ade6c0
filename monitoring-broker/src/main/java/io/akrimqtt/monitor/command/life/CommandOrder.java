package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller wants done, how, and for whom; not yet checked. */
public record CommandOrder(Errand errand, Terms terms, Asker asker) {

    /** How long to wait where the caller does not say. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** The longest time to wait. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /** At once or not at all. */
    public CommandOrder(String command, Payload payload, Duration timeout, boolean oneWay) {
        this(new Errand(command, payload, timeout, oneWay, ""), Terms.DEFAULT, Asker.UNKNOWN);
    }

    /** One topic level. */
    public String command() {
        return errand.command();
    }

    public Payload payload() {
        return errand.payload();
    }

    /** See {@link Errand}. */
    public Duration timeout() {
        return errand.timeout();
    }

    public boolean oneWay() {
        return errand.oneWay();
    }

    /** The topic of the device of a group that it is for; empty where the workload has one device. */
    public String member() {
        return errand.member();
    }

    /** How it waits for a device that is not there; null for failing at once. */
    public @Nullable Queueing queueing() {
        return terms.queueing();
    }

    /** Empty for none. */
    public String idempotencyKey() {
        return terms.idempotencyKey();
    }

    public boolean repeatable() {
        return terms.repeatable();
    }

    /** Empty where nobody says. */
    public String caller() {
        return asker.caller();
    }

    /** Empty where nobody is told over MQTT. */
    public String reply() {
        return asker.reply();
    }

    public @Nullable TraceContext trace() {
        return asker.trace();
    }

    /** The same, waiting for the device. */
    public CommandOrder queued(@Nullable Queueing how) {
        return on(terms.queued(how));
    }

    /** The same, under a key. */
    public CommandOrder withIdempotencyKey(String key) {
        return on(terms.withIdempotencyKey(key));
    }

    /** The same, which may be sent again or not. */
    public CommandOrder withRepeatable(boolean value) {
        return on(terms.withRepeatable(value));
    }

    /** The same, which may be sent again. */
    public CommandOrder repeatably() {
        return withRepeatable(true);
    }

    /** The same, in this class. */
    public CommandOrder in(TrafficClass traffic) {
        return on(terms.withTraffic(traffic));
    }

    private CommandOrder on(Terms other) {
        return new CommandOrder(errand, other, asker);
    }

    /** The same, from this caller. */
    public CommandOrder from(String name) {
        return new CommandOrder(errand, terms, asker.named(name));
    }

    /** The same, told there. */
    public CommandOrder withReply(String address) {
        return new CommandOrder(errand, terms, asker.at(address));
    }

    /** The same, in this trace; null for none. */
    public CommandOrder traced(@Nullable TraceContext context) {
        return new CommandOrder(errand, terms, asker.traced(context));
    }

    /** The same, for this device of a group. */
    public CommandOrder to(String device) {
        return new CommandOrder(errand.to(device), terms, asker);
    }

    /** Without the payload, for what has ended. */
    CommandOrder emptied() {
        return new CommandOrder(errand.emptied(), terms, asker);
    }

    /** Whether it must outlive this process. */
    public boolean durable() {
        return queueing() != null || !idempotencyKey().isEmpty();
    }

    /** Names the command; the payload and the key may be secret. */
    @Override
    public String toString() {
        return "CommandOrder[" + command() + ", " + payload() + "]";
    }
}
