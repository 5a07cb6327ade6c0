package io.akrimqtt.handler.observe;

import io.akrimqtt.handler.report.StreamCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the beginning of a process until it has arrived: it is the one of its node that acts, and Akri's agent has its first
 * lists. That happens once; whatever comes later, an agent that restarts or a hand-over, takes nothing back. Thread-safe: one virtual
 * thread looks, others may ask.
 */
public final class Arrival implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Sources sources;
    private final InstantSource clock;
    private final Runnable arrived;
    private final FirstLists firstLists = new FirstLists();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String missing = "the handler starts";

    /**
     * Whom to ask.
     *
     * @param acts whether this process has what one process of a node has: MQTT sessions, journal, writing to Kubernetes
     * @param registeredAt when the agent that lives now took our registration; empty where none has
     * @param configurations how many Configurations ask for us; empty where that is not known
     */
    public record Sources(
            BooleanSupplier acts,
            Supplier<Optional<Instant>> registeredAt,
            Supplier<StreamCounts> streams,
            Supplier<OptionalInt> configurations) {}

    private Arrival(Sources sources, InstantSource clock, Runnable arrived) {
        this.sources = sources;
        this.clock = clock;
        this.arrived = arrived;
    }

    /**
     * Starts to look, each 0.1 s.
     *
     * @param clock the one of {@link Sources#registeredAt}
     * @param arrived called once, when the process has arrived
     */
    public static Arrival start(Sources sources, InstantSource clock, Runnable arrived) {
        var arrival = new Arrival(sources, clock, arrived);
        Thread.ofVirtual().name("arrival").start(arrival::run);
        return arrival;
    }

    /** What is missing still, one sentence; empty from the moment when the process has arrived. */
    public String missing() {
        return missing;
    }

    private void run() {
        try {
            do {
                missing = look();
            } while (!missing.isEmpty() && !closed.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (missing.isEmpty()) {
            LOG.atInfo().addKeyValue("streams", sources.streams().get().open()).log("akri's agent has the first lists");
            arrived.run();
        }
    }

    private String look() {
        var seen = new FirstLists.Seen(
                sources.registeredAt().get(),
                sources.streams().get(),
                sources.configurations().get());
        var lists = firstLists.missing(clock.instant(), seen);
        return sources.acts().getAsBoolean()
                ? lists.orElse("")
                : "another handler of this node has the MQTT sessions and the journal";
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
