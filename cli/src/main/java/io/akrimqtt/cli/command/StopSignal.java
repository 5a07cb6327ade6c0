package io.akrimqtt.cli.command;

import java.util.concurrent.CountDownLatch;

/** Lets Ctrl-C end a command cleanly, as a success; from its making to its close. */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop asks the command to end, without waiting */
    StopSignal(Runnable stop) {
        hook = new Thread(() -> end(stop), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A clean end is a success, whatever the signal: without this the exit code would be 128 and the signal's number. */
    private void end(Runnable stop) {
        stop.run();
        try {
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.DONE);
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // A signal was faster: the hook ends the process.
        }
    }
}
