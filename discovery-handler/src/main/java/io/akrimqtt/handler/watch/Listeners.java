package io.akrimqtt.handler.watch;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls listeners on a virtual thread of its own, once for however many changes came since the last call. Thread-safe. */
final class Listeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Runnable> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Boolean> due = new ArrayBlockingQueue<>(1);
    private final Thread thread = Thread.ofVirtual().name("watch-listeners").unstarted(this::run);

    static Listeners start() {
        var listeners = new Listeners();
        listeners.thread.start();
        return listeners;
    }

    AutoCloseable add(Runnable listener) {
        all.add(listener);
        return () -> all.remove(listener);
    }

    /** Never waits. */
    void changed() {
        due.offer(true);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                due.take();
                all.forEach(Listeners::call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a listener of a device watch threw");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
