package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.journal.WatchJournal;

/** The devices behind the MQTT servers of one set of details and credentials. Thread-safe. */
public interface DeviceWatch extends AutoCloseable {

    /** What is known now; never blocks. */
    WatchSnapshot current();

    /**
     * Calls the listener after each change of {@link #current()}, on a thread of the watch, coalesced: a listener that is
     * slow misses intermediate states, never the last one.
     *
     * @return ends the calls
     */
    AutoCloseable onChange(Runnable listener);

    /** What of the watch survives our death. */
    default WatchJournal journal() {
        return WatchJournal.NONE;
    }

    /**
     * Disconnects from the MQTT servers without acknowledging anything more, and stays at what is known now: another process goes
     * on with our sessions. Idempotent.
     */
    void freeze();

    /** Disconnects from the MQTT servers; their sessions are kept. Idempotent. */
    @Override
    void close();
}
