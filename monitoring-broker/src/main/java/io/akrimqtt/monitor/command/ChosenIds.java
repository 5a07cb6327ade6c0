package io.akrimqtt.monitor.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a {@link io.akrimqtt.messaging.rpc.CommandInvoker} use ids of ours as its correlation data, so that a request can be sent
 * again as the same one by a later process. The invoker makes a UUID of version 7 of the clock's milliseconds and of two random
 * numbers, on its one thread and in the order of its calls: this is the clock and the source of numbers that lead to our id.
 */
final class ChosenIds implements InstantSource, RandomGenerator {

    private final InstantSource clock;
    private final RandomGenerator random;
    private final ConcurrentLinkedQueue<String> next = new ConcurrentLinkedQueue<>();

    /** Written on the invoker's thread only: what is left of the id that is being made. */
    private @Nullable Long high;

    private @Nullable Long low;

    ChosenIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The id of the call that is about to be made. */
    void choose(String id) {
        next.add(id);
    }

    /** The call has ended: where it ended before it got its id, the id is not for the next call. */
    void drop(String id) {
        next.remove(id);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long millis() {
        var id = next.poll();
        if (id == null) {
            return clock.millis();
        }
        high = HexFormat.fromHexDigitsToLong(id, 0, 16);
        low = HexFormat.fromHexDigitsToLong(id, 16, 32);
        return high >>> 16;
    }

    @Override
    public long nextLong() {
        var first = high;
        if (first != null) {
            high = null;
            return first;
        }
        var second = low;
        low = null;
        return second == null ? random.nextLong() : second;
    }
}
