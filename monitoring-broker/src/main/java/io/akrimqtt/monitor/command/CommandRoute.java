package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import java.time.Duration;
import java.util.function.Consumer;

/** A way to the device: one MQTT server. Thread-safe. */
public interface CommandRoute extends AutoCloseable {

    /** Told what happens on a route, on its threads; must not block. */
    interface Listener {

        /** {@link #connected} may have changed. */
        void changed();

        /** An answer came for a request that no call waits for: late, repeated, of an earlier process, foreign or forged. */
        void overheard(String id, CommandEvent event);
    }

    /** Whether the MQTT server is connected now. */
    boolean connected();

    /** Names the one who is told, before the route connects. */
    void listen(Listener listener);

    /**
     * Sends a request to the one device; as {@link io.akrimqtt.messaging.rpc.CommandInvoker#invoke}.
     *
     * @param id 32 hexadecimal digits, a UUID of version 7: becomes the request's correlation
     */
    CommandCall invoke(String id, CommandRequest request, Consumer<CommandEvent> listener);

    /**
     * The same to a device of a group.
     *
     * @param member its topic; empty for the one device
     */
    default CommandCall invoke(String id, String member, CommandRequest request, Consumer<CommandEvent> listener) {
        return invoke(id, request, listener);
    }

    /** Where answers come on this route, so that a later process can listen there; empty where it cannot be said. */
    String answers();

    /** Also listens where an earlier process awaited its answers. */
    void listenAt(String answers);

    /** The same for those of a device of a group. */
    default void listenAt(String member, String answers) {
        listenAt(answers);
    }

    /**
     * An earlier process has sent a command, and its answer may still come: where answers tell nothing of their requests, no other
     * command is sent to the device until then.
     *
     * @param id the command's
     */
    default void expect(String member, String id, Duration time) {}

    /** Ends all calls. */
    @Override
    default void close() {}
}
