package io.akrimqtt.handler.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the processes of one node acts: has the MQTT sessions and the journal, and writes to Kubernetes. It is the newest: who
 * comes asks who acts to let go, over a file in the directory that they share. Who has let go stays as it is, and acts again when
 * nobody else has for {@link #PATIENCE}: its successor has died. Thread-safe.
 */
public final class Tenure implements AutoCloseable {

    /** For how long nobody must have acted before one that has let go does so again. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration ASK_EVERY = Duration.ofMillis(50);
    private static final long ASKS = 100;
    private static final long FREE_LOOKS = PATIENCE.dividedBy(LOOK_EVERY);

    private final InstantSource clock;
    private final HandOver handOver;
    private final LockFile lockFile;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock closing = new ReentrantLock();
    private final Thread keeper;
    private volatile State state = State.ASKING;
    private volatile Runnable give = () -> {};
    private volatile Runnable take = () -> {};
    private long free;

    private enum State {
        /** Another process acts, and was asked to let go. */
        ASKING,
        ACTING,
        /** Another process was given what we had. */
        HANDED_OVER
    }

    private Tenure(Path file, InstantSource clock) {
        this.clock = clock;
        this.handOver = new HandOver(file);
        this.lockFile = new LockFile(file);
        this.keeper = Thread.ofVirtual().name("tenure").unstarted(this::keep);
    }

    /**
     * Comes to act. Where another process does, that one is asked to let go, and waited for: 5 s at most; then this one goes on
     * asking. Where the file cannot be locked at all, it acts as if it were alone.
     *
     * @param file in the directory that the processes share; made where it is not there, and never deleted
     * @param clock the wall's, which files are dated by
     */
    public static Tenure start(Path file, InstantSource clock) throws InterruptedException {
        var tenure = new Tenure(file, clock);
        for (long asks = 0; asks < ASKS && !tenure.begin(); asks++) {
            var _ = tenure.closed.await(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!tenure.newest()) {
            LOG.atWarn().addKeyValue("file", file).log("another handler of this node does not let go: asking on");
        }
        tenure.keeper.start();
        return tenure;
    }

    /**
     * What to do before another process acts, and when it has died.
     *
     * @param giving must end all that acknowledges messages or writes, and returns when that is done
     */
    public void hands(Runnable giving, Runnable taking) {
        give = giving;
        take = taking;
    }

    /** Whether this process is the one that acts. */
    public boolean newest() {
        return state == State.ACTING;
    }

    /** Whether it has let go for another one. */
    public boolean handedOver() {
        return state == State.HANDED_OVER;
    }

    /**
     * This process has given Akri the lists that it is to have from it: one that has handed over to it may end. Without effect while
     * another one acts.
     */
    public void arrived() {
        closing.lock();
        try {
            if (newest()) {
                handOver.arrive();
            }
        } finally {
            closing.unlock();
        }
    }

    /**
     * Before this process ends: one that has handed over waits until its successor has {@link #arrived}, one that acts or never did
     * does not. It takes nothing back from here on.
     *
     * @param most how long it waits
     * @return whether it need not have waited longer
     */
    public boolean leave(Duration most) throws InterruptedException {
        closed.countDown();
        closing.lock();
        try {
            if (!handedOver()) {
                return true;
            }
        } finally {
            closing.unlock();
        }
        var never = new CountDownLatch(1);
        for (long looks = most.dividedBy(LOOK_EVERY); looks > 0 && !handOver.arrived(); looks--) {
            var _ = never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return handOver.arrived();
    }

    private void keep() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                closing.lock();
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.atError().setCause(e).log("hand-over met a bug and goes on");
                } finally {
                    closing.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (closed.getCount() == 0) {
            return;
        }
        switch (state) {
            case ASKING -> begin();
            case ACTING -> {
                if (handOver.asked(clock.instant())) {
                    letGo();
                }
            }
            case HANDED_OVER -> lookAfterSuccessor();
        }
    }

    private boolean begin() {
        if (!locked()) {
            handOver.ask(clock.instant());
            return false;
        }
        handOver.settle();
        handOver.begin();
        state = State.ACTING;
        return true;
    }

    private void letGo() {
        LOG.atInfo().log("another handler of this node takes over");
        state = State.HANDED_OVER;
        free = 0;
        give.run();
        handOver.begin();
        lockFile.release();
        LOG.atInfo().log("handed over to another handler of this node");
    }

    private void lookAfterSuccessor() {
        if (handOver.asked(clock.instant()) || !locked()) {
            free = 0;
            return;
        }
        free++;
        if (free < FREE_LOOKS) {
            lockFile.release();
            return;
        }
        LOG.atWarn().log("the handler that had taken over has gone: taking back");
        take.run();
        state = State.ACTING;
    }

    private boolean locked() {
        try {
            return lockFile.take();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("handlers of one node cannot agree here: acting as if alone");
            return true;
        }
    }

    /** Lets go for good; nothing is given or taken any more. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        closing.lock();
        try {
            lockFile.release();
        } finally {
            closing.unlock();
        }
    }
}
