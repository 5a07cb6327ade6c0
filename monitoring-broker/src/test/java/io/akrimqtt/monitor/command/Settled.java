package io.akrimqtt.monitor.command;

/** Waits for the owner of commands to come to rest. */
final class Settled {

    /** The longest chain of events that follow from one another: taken, kept, sent, reported, kept, with room to spare. */
    private static final int CHAIN = 16;

    private Settled() {}

    /** Returns when all that was posted is done, and what followed from it: each question waits for what was posted before it. */
    static void await(DeviceCommands commands) {
        for (int step = 0; step < CHAIN; step++) {
            commands.list().join();
        }
    }
}
