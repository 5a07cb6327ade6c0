package io.akrimqtt.handler.watch;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Hands what a reading finds to the loop, in order, on a virtual thread of its own, so that the client's thread is never held
 * up: Mosquitto drops retained messages for whoever reads slowly. Thread-safe; holds 200,000 events at most, and whoever sends
 * more waits.
 */
final class Forwarder implements AutoCloseable {

    private static final int CAPACITY = 200_000;

    private final ServerAccess access;
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread thread;

    private Forwarder(ServerAccess access) {
        this.access = access;
        this.thread = Thread.ofVirtual().name("retained-" + access.server()).unstarted(this::run);
    }

    static Forwarder start(ServerAccess access) {
        var forwarder = new Forwarder(access);
        forwarder.thread.start();
        return forwarder;
    }

    void send(WatchEvent event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                access.post(events.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        events.clear();
    }
}
