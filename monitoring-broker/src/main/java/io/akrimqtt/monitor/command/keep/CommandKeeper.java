package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.monitor.command.life.CommandRecord;
import java.util.concurrent.CompletableFuture;

/** Keeps the records of commands for a later process of the device. Thread-safe. */
public interface CommandKeeper {

    /** Told of what earlier processes have left, on the keeper's threads; must not block. */
    interface Listener {

        /**
         * A record was found.
         *
         * @param answers where its process awaited answers, or empty
         */
        void found(CommandRecord command, String answers);

        /**
         * Another workload of the device has written the record of a command.
         *
         * @param lost that one minds it from here on, or has ended it; else it is ours, and must be written again
         */
        void contested(CommandRecord theirs, boolean lost);

        /** All that could be found was told. Told once. */
        void loaded();
    }

    /** Names the one who is told, before the MQTT server is connected. */
    void listen(Listener listener);

    /**
     * Keeps a record in place of the command's earlier ones.
     *
     * @param now fail rather than wait for a connection
     * @return completed when it is safe, exceptionally where it is not
     */
    CompletableFuture<?> keep(CommandRecord command, boolean now);

    /** Deletes a record. */
    void forget(String id);

    /** How it keeps now. */
    KeeperState state();
}
