package io.akrimqtt.messaging.dispatch;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One router with what waits for it: at most {@link CommandRouter#waiting()} messages, more are refused. Thread-safe. */
final class Lane<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** @param done run when the router is done with it, or will never be */
    private record Waiting<T>(Message message, T value, Runnable done) {}

    private final CommandRouter<T> router;
    private final TopicFilter filter;
    private final Semaphore places;
    private final BlockingQueue<Waiting<T>> queue;
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread;

    private Lane(CommandRouter<T> router) {
        this.router = router;
        filter = router.filter();
        places = new Semaphore(router.concurrency());
        queue = new ArrayBlockingQueue<>(router.waiting());
        thread = Thread.ofVirtual().name("lane-" + filter).unstarted(this::run);
    }

    static <T> Lane<T> start(CommandRouter<T> router) {
        if (router.concurrency() < 1) {
            throw new IllegalArgumentException("concurrency: " + router.concurrency() + " (expected: 1 or more)");
        }
        if (router.waiting() < 1) {
            throw new IllegalArgumentException("waiting: " + router.waiting() + " (expected: 1 or more)");
        }
        var lane = new Lane<>(router);
        lane.thread.start();
        return lane;
    }

    TopicFilter filter() {
        return filter;
    }

    long refused() {
        return refused.get();
    }

    /** Whether the router wants it; one whose selector fails does not. */
    boolean takes(Message message, T value) {
        try {
            return filter.matches(message.topic()) && router.selects(message, value);
        } catch (RuntimeException e) {
            failed(message, e);
            return false;
        }
    }

    void add(Message message, T value, Runnable done) {
        if (queue.offer(new Waiting<>(message, value, done))) {
            return;
        }
        done.run();
        refused.incrementAndGet();
        try {
            router.refused(message);
        } catch (RuntimeException e) {
            failed(message, e);
        }
    }

    void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                places.acquire();
                var next = queue.take();
                Thread.ofVirtual().name("route-" + filter).start(() -> route(next));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever a router does, its place is free again. */
    private void route(Waiting<T> next) {
        try {
            var _ = router.route(next.message(), next.value()).whenComplete((_, error) -> {
                if (error != null) {
                    failed(next.message(), error);
                }
                done(next);
            });
        } catch (RuntimeException | Error e) {
            failed(next.message(), e);
            done(next);
        }
    }

    private void done(Waiting<T> next) {
        places.release();
        next.done().run();
    }

    private void failed(Message message, Throwable error) {
        LOG.atError()
                .addKeyValue("filter", filter)
                .addKeyValue("topic", message.topic())
                .setCause(error)
                .log("command router failed");
    }
}
