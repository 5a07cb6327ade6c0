package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An answer as it came.
 *
 * @param call the id of the request that it says it answers
 * @param status 100 to 599
 */
record Answer(CallId call, int status, Payload payload, String text) {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int DEVICE_ERROR = 500;
    private static final int QUOTED = 40;

    /** Reads one; a status that is none is the device's error, none at all is success. */
    static Answer of(CallId call, Optional<String> status, Message message) {
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        if (status.isEmpty()) {
            return new Answer(call, OK, payload, Headers.text(message));
        }
        var text = status.get();
        var number = number(text);
        return number.isPresent()
                ? new Answer(call, number.getAsInt(), payload, Headers.text(message))
                : new Answer(
                        call,
                        DEVICE_ERROR,
                        payload,
                        "the answer's status is '" + text.substring(0, Math.min(QUOTED, text.length()))
                                + "' (expected: 100 to 599)");
    }

    private static OptionalInt number(String text) {
        boolean digits = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : 0;
        return number >= 100 && number <= 599 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    CommandEvent event() {
        if (status < OK) {
            return new CommandEvent.InProgress(payload, text);
        }
        return status == ACCEPTED ? new CommandEvent.Accepted(text) : new CommandEvent.Answered(status, payload, text);
    }
}
