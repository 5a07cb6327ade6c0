package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.MessagingException;

/** Why a command got no answer, in the few words there are. */
final class Failures {

    private Failures() {}

    static CommandEvent.Failed caller(int status, String text) {
        return new CommandEvent.Failed(status, Origin.CALLER, false, text);
    }

    static CommandEvent.Failed queue(String text) {
        return new CommandEvent.Failed(429, Origin.QUEUE, true, text);
    }

    static CommandEvent.Failed server(boolean retryable, String text) {
        return new CommandEvent.Failed(503, Origin.SERVER, retryable, text);
    }

    static CommandEvent.Failed nobody() {
        return server(true, "nobody listens: the MQTT server knows no subscription that matches");
    }

    static CommandEvent.Failed late(CommandRequest request) {
        return new CommandEvent.Failed(
                504,
                Origin.DEVICE,
                true,
                "no answer within " + request.timeout().toMillis() + " ms");
    }

    /** The server has not taken it. */
    static CommandEvent.Failed unsent(Throwable error) {
        var text = String.valueOf(error.getMessage());
        if (!(error instanceof MessagingException messaging)) {
            return caller(400, text);
        }
        return switch (messaging.kind()) {
            case LIMIT -> queue(text);
            case TOO_LARGE -> caller(413, text);
            case REFUSED -> server(false, text);
            case NOT_CONNECTED, CLOSED -> server(true, text);
            case TIMEOUT -> new CommandEvent.Failed(504, Origin.SERVER, true, text);
        };
    }

    static CommandEvent.Failed closing() {
        return caller(499, "the caller ends");
    }
}
