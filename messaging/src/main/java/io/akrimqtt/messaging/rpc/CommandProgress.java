package io.akrimqtt.messaging.rpc;

/**
 * Tells the caller how far a command is, before its answer. Thread-safe. What is told after the answer, or while too much of it is
 * on its way, is dropped; so are steps of one-way commands.
 */
public interface CommandProgress {

    /** The command will be done (status 202). */
    void accepted(String text);

    /** How far it is (status 102). */
    void step(Payload payload, String text);
}
