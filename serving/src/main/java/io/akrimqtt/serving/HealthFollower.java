package io.akrimqtt.serving;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again whether a program is ready, tells each change and logs it. Thread-safe; one virtual thread looks. */
public final class HealthFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthFollower.class);

    private final Readiness readiness;
    private final Consumer<Boolean> told;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean ready;
    private List<String> reasons = List.of();

    private HealthFollower(Readiness readiness, Consumer<Boolean> told) {
        this.readiness = readiness;
        this.told = told;
    }

    /**
     * Starts to look, first at once.
     *
     * @param told of the first look, and of each change, on a thread of its own
     */
    public static HealthFollower start(Readiness readiness, Duration every, Consumer<Boolean> told) {
        var follower = new HealthFollower(readiness, told);
        told.accept(false);
        Thread.ofVirtual().name("health").start(() -> follower.run(every));
        return follower;
    }

    private void run(Duration every) {
        try {
            do {
                look();
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var now = readiness.reasons();
        if (now.isEmpty() && !ready) {
            ready = true;
            told.accept(true);
            LOG.atInfo().log("ready");
        } else if (!now.isEmpty() && (ready || !now.equals(reasons))) {
            if (ready) {
                told.accept(false);
            }
            ready = false;
            LOG.atInfo().addKeyValue("reasons", now).log("not ready");
        }
        reasons = now;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
