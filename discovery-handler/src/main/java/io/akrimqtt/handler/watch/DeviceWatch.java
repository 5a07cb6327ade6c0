package io.akrimqtt.handler.watch;

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

    /** Disconnects from the MQTT servers; their sessions are kept. Idempotent. */
    @Override
    void close();
}
