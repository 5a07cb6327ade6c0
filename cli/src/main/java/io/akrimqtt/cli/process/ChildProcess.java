package io.akrimqtt.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program. Its standard input is a pipe that this process holds open and never writes to: the system closes it when
 * this process is gone, which ends a child that holds its lifeline. Thread-safe.
 */
final class ChildProcess {

    /** How long a child may take after SIGTERM before it gets SIGKILL. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int BUFFER = 8 * 1024;

    private final Process process;
    private final Thread copier;

    private ChildProcess(Process process, Thread copier) {
        this.process = process;
        this.copier = copier;
    }

    /** @throws IOException where the system does not start it */
    static ChildProcess start(Program program, BoundedLog log) throws IOException {
        Process process;
        try {
            process = program.process().start();
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot start " + program.name() + ": a variable's name or value is none", e);
        }
        var copier = Thread.ofPlatform()
                .daemon()
                .name("output-" + program.name())
                .start(() -> copy(process.getInputStream(), log));
        return new ChildProcess(process, copier);
    }

    private static void copy(InputStream output, BoundedLog log) {
        var buffer = new byte[BUFFER];
        try (output) {
            for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
                log.write(buffer, length);
            }
        } catch (IOException _) {
            // The pipe is gone with its process.
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it has exited and its last words are kept. */
    int awaitExit() throws InterruptedException {
        int code = process.waitFor();
        copier.join(Duration.ofSeconds(1));
        return code;
    }

    /**
     * Asks it to end, and ends it. Idempotent; waits 2 s at most. Only signals are sent: {@link Process#destroy} would close the
     * pipes, too, which cuts the lifeline of a child that is just tidying up, and its last words.
     */
    void stop() {
        var handle = process.toHandle();
        handle.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                handle.destroyForcibly();
            }
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
