package io.akrimqtt.messaging.rpc;

/** A command under way. Thread-safe. */
@FunctionalInterface
public interface CommandCall {

    /** Gives up: the listener gets a {@link CommandEvent.Failed} with status 499, unless the call has ended. Idempotent. */
    void cancel();
}
