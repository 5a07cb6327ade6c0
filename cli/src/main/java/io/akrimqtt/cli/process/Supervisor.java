package io.akrimqtt.cli.process;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a program running until it is closed. Thread-safe. */
public final class Supervisor implements AutoCloseable {

    private final Program program;
    private final RestartTiming timing;
    private final ProgramListener listener;
    private final BoundedLog log;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable ChildProcess child;

    private Supervisor(Program program, RestartTiming timing, ProgramListener listener) {
        this.program = program;
        this.timing = timing;
        this.listener = listener;
        this.log = new BoundedLog(program.log(), BoundedLog.MAX_BYTES);
        this.thread = Thread.ofVirtual().name("supervisor-" + program.name()).unstarted(this::run);
    }

    /** Starts the program, and again whenever it ends. */
    public static Supervisor start(Program program, RestartTiming timing, ProgramListener listener) {
        var supervisor = new Supervisor(program, timing, listener);
        supervisor.thread.start();
        return supervisor;
    }

    /** The running child's process id. */
    public OptionalLong pid() {
        @Nullable ChildProcess current = child;
        return current == null ? OptionalLong.empty() : OptionalLong.of(current.pid());
    }

    /** Ends the program: SIGTERM, and SIGKILL 2 s later. Waits until it is gone. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
        @Nullable ChildProcess current = child;
        if (current != null) {
            current.stop();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void run() {
        try (log) {
            var wait = Duration.ZERO;
            while (!closed()) {
                wait = runOnce(wait);
                var _ = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program to its end and says how long to wait then. */
    private Duration runOnce(Duration last) throws InterruptedException {
        long start = System.nanoTime();
        ChildProcess running;
        try {
            running = ChildProcess.start(program, log);
        } catch (IOException e) {
            var wait = timing.next(last, 1, Duration.ZERO);
            listener.on(new ProgramEvent.NotStarted(program.name(), String.valueOf(e.getMessage()), wait));
            return wait;
        }
        child = running;
        if (closed()) {
            // Whoever closed this may have looked for a child before there was one.
            running.stop();
        } else {
            listener.on(new ProgramEvent.Started(program.name(), running.pid()));
        }
        int code = running.awaitExit();
        child = null;
        var wait = timing.next(last, code, Duration.ofNanos(System.nanoTime() - start));
        if (!closed()) {
            listener.on(new ProgramEvent.Exited(program.name(), running.pid(), code, wait));
        }
        return wait;
    }
}
