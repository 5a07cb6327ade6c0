package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.trace.TraceContext;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came.
 *
 * @param call the id of the request that it says it answers
 * @param status 100 to 599
 * @param trace the trace context that came with it, or null
 */
record Answer(
        CallId call,
        int status,
        Payload payload,
        String text,
        @Nullable TraceContext trace) {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int DEVICE_ERROR = 500;
    private static final int OTHER_VERSION = 505;
    private static final int QUOTED = 40;

    /** One without a trace. */
    Answer(CallId call, int status, Payload payload, String text) {
        this(call, status, payload, text, null);
    }

    /** Reads one; what is not as it should be is the device's error. */
    static Answer of(CallId call, Optional<String> status, Message message) {
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        if (!Headers.understood(message)) {
            var version = message.userProperty(Headers.PROTOCOL_VERSION).orElse("");
            return new Answer(
                    call,
                    OTHER_VERSION,
                    payload,
                    "the answer's protocol version is '" + quoted(version) + "' (expected: 1.x)");
        }
        if (message.utf8() && !payload.utf8()) {
            return new Answer(call, DEVICE_ERROR, payload, "the answer says that it is UTF-8, and is not");
        }
        return of(call, status, payload, Headers.text(message))
                .traced(TraceContext.of(message).orElse(null));
    }

    /** Reads one; a status that is none is the device's error, none at all is success. */
    static Answer of(CallId call, Optional<String> status, Payload payload, String text) {
        if (status.isEmpty()) {
            return new Answer(call, OK, payload, text);
        }
        var number = number(status.get());
        return number.isPresent()
                ? new Answer(call, number.getAsInt(), payload, text)
                : new Answer(
                        call,
                        DEVICE_ERROR,
                        payload,
                        "the answer's status is '" + quoted(status.get()) + "' (expected: 100 to 599)");
    }

    /** The same, in this trace. */
    Answer traced(@Nullable TraceContext context) {
        return new Answer(call, status, payload, text, context);
    }

    private static String quoted(String text) {
        return text.substring(0, Math.min(QUOTED, text.length()));
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
        return status == ACCEPTED
                ? new CommandEvent.Accepted(text)
                : new CommandEvent.Answered(status, payload, text, trace);
    }
}
