package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.journal.WatchJournal;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
     * Takes over devices that were reported before our time. One that is not known becomes listed, its presence unknown, until there is
     * evidence or its probation ends; for one that is known nothing changes.
     *
     * @param devices ids; those that the details could not have led to are refused
     * @return how many were refused, when {@link #current()} has the others; does not complete where the watch ends before
     */
    default CompletableFuture<Integer> adopt(Set<String> devices) {
        return CompletableFuture.completedFuture(devices.size());
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
