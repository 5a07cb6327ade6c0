package io.akrimqtt.messaging.rpc;

/** Does a command, on a virtual thread of its own; may block until the request's timeout. */
@FunctionalInterface
public interface CommandHandler {

    /** What it throws is answered with status 500. */
    CommandReply handle(CommandRequest request) throws Exception;
}
